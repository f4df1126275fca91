import { execFileSync } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type DemoEnd, type DemoRun, endLeftovers, runDemo } from './run-demo.ts';

const timeout = 30_000;
afterAll(endLeftovers);

/** The process id of a child, as soon as there is one. */
async function childOf(run: DemoRun, file: string): Promise<number> {
  for (;;) {
    const rows = execFileSync('ps', ['-eo', 'pid=,pgid=,args='], { encoding: 'utf8' }).split('\n');
    const found = rows
      .map((row) => row.trim().split(/\s+/))
      .find(([, group, ...args]) => group === String(run.pid) && args.join(' ').includes(file));
    if (found) return Number(found[0]);
    await sleep(20);
  }
}

describe('The demo', () => {
  let run: DemoRun;
  let end: DemoEnd;

  beforeAll(async () => {
    run = runDemo([], {
      NO_COLOR: '1',
      // What a person may have for real use stays out of the simulation.
      LINQ_API_V3_BASE_URL: 'http://127.0.0.1:9',
      CONNECTSAFELY_ACCOUNT_ID: 'a-real-account',
    });
    end = await run.ended;
  }, timeout);

  it('is over soon, without a complaint, and leaves nobody behind', () => {
    expect(end).toMatchObject({ code: 0, stderr: '' });
    expect(end.tookMs).toBeLessThan(20_000);
    expect(run.isAnyoneLeft()).toBe(false);
  });

  it('is plain text of 80 columns', () => {
    expect(end.stdout).toMatch(/^[\n -~]*$/);
    expect(end.lines.filter((line) => line.length > 80)).toEqual([]);
  });

  it('shows on one axis what was called, requested and seen', () => {
    const [imessageCalls, linkedinCalls] = linesWith('bot calls');
    const [imessageRequests, linkedinRequests] = linesWith('requests  ');
    const [imessageSeen, linkedinSeen] = linesWith('    recipient');
    expect(imessageCalls).toMatch(/ \.[. ]{20,}x$/);
    expect(linkedinCalls).toMatch(/ \.[. ]{20,}x$/);
    expect(imessageRequests).toMatch(/ \^ +\^ +x$/);
    expect(linkedinRequests).toMatch(/ \^ +\^$/);
    expect(imessageSeen).toMatch(/ ={25,} stopped$/);
    expect(linkedinSeen).toMatch(/ ={45,} expired$/);
  });

  it('lists what went over the wire', () => {
    expect(end.stdout).toMatch(/Over the wire: \d{2,3} calls became 5 requests/);
    const linq = linesWith(' s  Linq ').map((line) => line.trim().split(/\s+/));
    expect(linq.map(([, , , method, path, status]) => [method, path, status])).toEqual([
      ['POST', expect.stringMatching(/\/typing$/), '204'],
      ['POST', expect.stringMatching(/\/typing$/), '204'],
      ['DELETE', expect.stringMatching(/\/typing$/), '204'],
    ]);
    const connectSafely = linesWith(' s  ConnectSafely ').map((line) => line.trim().split(/\s+/));
    expect(connectSafely.map(([, , , ...request]) => request)).toEqual([
      ['POST', '/linkedin/messaging/typing-indicator', '200'],
      ['POST', '/linkedin/messaging/typing-indicator', '200'],
    ]);
  });

  it('tells the two ends apart', () => {
    expect(end.stdout).toMatch(/iMessage +cleared\. The bubble went at once\./);
    expect(end.stdout).toMatch(/LinkedIn +expires within \d.* it went \S+ s later\./);
  });

  it.each([
    ['Inactive chat', /typingkit accepted recipient saw nothing$/],
    ['SMS chat', /typingkit accepted recipient saw nothing$/],
    ['Group, until July', /typingkit forbidden: .* 403 .*2005.* recipient saw nothing$/],
    ['Group, since August', /typingkit accepted recipient saw the bubble for 87 s$/],
    ['Wrong key', /typingkit unauthenticated: .* 401 .* recipient saw nothing$/],
    ['Wrong URN', /typingkit invalid-target: .* recipient saw nothing: no request went out$/],
    ['Wrong channel', /unknown-channel: .* Did you mean "imessage"\?.* no request went out$/],
    ['No stop', /accepted; then expires within \S+ s recipient saw the bubble for 6 s$/],
    ['Another account', /accepted, with the warning account-mismatch: .* saw nothing$/],
  ])('explains the case %j', (title, answer) => {
    const first = end.lines.findIndex((line) => line.startsWith(`  ${title}`));
    const paragraph = end.lines.slice(first, end.lines.indexOf('', first)).join(' ');
    expect(end.lines[first + 1]).toMatch(/^ {4}typingkit/);
    expect(paragraph.replaceAll(/\s+/g, ' ')).toMatch(answer);
  });

  function linesWith(text: string): readonly string[] {
    return end.lines.filter((line) => line.includes(text));
  }
});

describe('The demo, when it is disturbed,', () => {
  it.each(['SIGINT', 'SIGTERM'] as const)(
    'leaves no child behind on %s',
    { timeout },
    async (signal) => {
      const run = runDemo();
      await childOf(run, 'bot.ts');
      run.process.kill(signal);
      expect(await run.ended).toMatchObject({ code: 130, stderr: '' });
      expect(run.isAnyoneLeft()).toBe(false);
    },
  );

  it.each([
    ['bin.ts', /^The simulator /],
    ['bot.ts', /^The bot ended with SIGKILL/],
  ])('fails with a sentence when its child %s dies', { timeout }, async (file, sentence) => {
    const run = runDemo();
    await childOf(run, 'bot.ts');
    process.kill(await childOf(run, file), 'SIGKILL');
    const { code, stderr } = await run.ended;
    expect(code).toBe(1);
    expect(stderr).toMatch(sentence);
    expect(run.isAnyoneLeft()).toBe(false);
  });
});
