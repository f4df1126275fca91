import { spawn } from 'node:child_process';
import { expect, onTestFinished, test } from 'vitest';
import {
  bubblesOn,
  clientInTheDocs,
  has,
  serveSimulated,
} from '../../packages/cli/test/served-simulator.ts';

const minuteMs = 60_000;
/** Python touches the session three times in this time, so that a slow machine does not miss all of them. */
const idleSeconds = 12;

test.skipIf(!has('python3'))(
  'a bot in Python keeps its bubble up for a minute, dies by kill -9, and the bubble is gone when its cap says so',
  { timeout: 400_000 },
  async () => {
    const serving = await serveSimulated();
    onTestFinished(async () => {
      serving.cli.kill('SIGKILL');
      await serving.cli.ended;
    });
    const sessions = async (): Promise<{ ageMs: number; id: string }[]> =>
      (await (await fetch(`${serving.url}/v1/sessions`)).json()).sessions;

    /** What the inspector's page is told first. */
    const inspected = async (): Promise<{ sessionCount: number }> => {
      const leaving = new AbortController();
      const url = `${serving.url}/inspector/api/events`;
      const { body } = await fetch(url, { signal: leaving.signal });
      let text = '';
      for await (const chunk of body ?? []) {
        text += new TextDecoder().decode(chunk);
        if (text.includes('\n\n')) break;
      }
      leaving.abort();
      return JSON.parse(/^data: (.*)$/m.exec(text)?.[1] ?? '');
    };

    const target = JSON.stringify(serving.telegram);
    const use = `import time\nwith typing("telegram", ${target}, ${idleSeconds}):\n    time.sleep(600)\n`;
    const bot = spawn('python3', ['-'], {
      env: { ...process.env, TYPINGKIT_URL: serving.url },
      stdio: ['pipe', 'ignore', 'inherit'],
    });
    onTestFinished(() => void bot.kill('SIGKILL'));
    bot.stdin.end(`${await clientInTheDocs('python')}\n\n${use}`);

    // Older than its cap: it lives because it is touched.
    await expect
      .poll(async () => (await sessions())[0]?.ageMs ?? 0, { timeout: 3 * minuteMs })
      .toBeGreaterThan(minuteMs);
    expect(await inspected()).toMatchObject({
      sessionCount: 1,
      sessions: [{ channel: 'telegram', state: 'active' }],
    });
    const [session] = await sessions();
    expect(await bubblesOn(serving)).toMatchObject([{ toMs: null }]);

    bot.kill('SIGKILL');
    await expect.poll(sessions, { timeout: minuteMs }).toEqual([]);
    expect(await inspected()).toMatchObject({ sessionCount: 0, sessions: [] });
    const ended = await (await fetch(`${serving.url}/v1/sessions/${session?.id}`)).json();
    expect(ended).toMatchObject({ state: 'closed', closeReason: 'idle' });
    // Telegram has no stop: the last start expires within seconds.
    await expect
      .poll(async () => (await bubblesOn(serving)).map(({ toMs }) => toMs), { timeout: 60_000 })
      .toEqual([expect.any(Number)]);
  },
);
