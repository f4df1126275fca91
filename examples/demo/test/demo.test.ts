import { execFileSync } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { schedule } from '../src/schedule.ts';
import { type DemoEnd, type DemoRun, endLeftovers, runDemo } from './run-demo.ts';

// Nothing here measures time: the machine may be busy. schedule.test.ts says how long the demo takes.
const timeout = 180_000;
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

  it('ends without a complaint, and leaves nobody behind', () => {
    expect(end).toMatchObject({ code: 0, stderr: '' });
    expect(run.isAnyoneLeft()).toBe(false);
  });

  it('is plain text of 80 columns', () => {
    expect(end.stdout).toMatch(/^[\n -~]*$/);
    expect(end.lines.filter((line) => line.length > 80)).toEqual([]);
  });

  it('shows on one axis what was done, requested and seen, and when the vendors failed', () => {
    const [imessageWork, linkedinWork] = linesWith('    bot  ');
    const [imessageRequests, linkedinRequests] = linesWith('    requests  ');
    const [imessageSeen, linkedinSeen] = linesWith('    recipient  ');
    expect(imessageWork).toMatch(/ \.{20,}$/);
    expect(linkedinWork).toMatch(/ \.{20,}$/);
    expect(imessageRequests).toMatch(/ \^ {20,}@$/);
    expect(linkedinRequests).toMatch(/ \^ +! [ ^!]*@$/);
    expect(imessageSeen).toMatch(/ ={20,} message$/);
    expect(linkedinSeen).toMatch(/ ={10,}( expired)? +=+ message$/);
    expect(linesWith('    outage  ')).toEqual([expect.stringMatching(/ {10,}#+ 503$/)]);
  });

  it('lists what went over the wire', () => {
    expect(requestsOf('Linq')).toEqual([
      ['POST', expect.stringMatching(/^\/api\/partner\/v3\/chats\/.*\/typing$/), '204'],
      ['POST', expect.stringMatching(/^\/api\/partner\/v3\/chats\/.*\/messages$/), '202'],
    ]);
    const typing = ['POST', '/linkedin/messaging/typing-indicator'];
    const [first, second, ...others] = requestsOf('ConnectSafely');
    expect(first).toEqual([...typing, '200']);
    expect(second).toEqual([...typing, '503']);
    expect(others.at(-1)).toEqual(['POST', '/linkedin/messaging/send-with-typing', '200']);
  });

  it('shows the time of the reply beside the time of its work', () => {
    const rows = [...end.stdout.matchAll(/(\w+): ([\d.]+) s of work, ([\d.]+) s in all\./g)];
    expect(rows.map(([, channel]) => channel)).toEqual(['iMessage', 'LinkedIn']);
    for (const [, , work, all] of rows) {
      expect(Number(work)).toBeGreaterThanOrEqual(schedule.thinkMs / 1_000);
      expect(Number(all)).toBeGreaterThanOrEqual(Number(work));
    }
  });

  it('says what became of the outage and of the bubbles', () => {
    const text = end.stdout.replaceAll(/\s+/g, ' ');
    expect(text).toMatch(
      /Outage (One refresh was|\d were) refused, which the bot did not notice\./,
    );
    expect(text).toContain('End The messages took the bubbles away: no stop was sent.');
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

  function requestsOf(vendor: string): readonly (readonly string[])[] {
    const rows = linesWith(` s  ${vendor} `).map((line) => line.trim().split(/\s+/));
    return rows.map(([, , , ...request]) => request);
  }

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
      await childOf(run, 'simulated-bot.ts');
      run.process.kill(signal);
      expect(await run.ended).toMatchObject({ code: 130, stderr: '' });
      expect(run.isAnyoneLeft()).toBe(false);
    },
  );

  it('leaves no child behind even where it is killed', { timeout }, async () => {
    const run = runDemo();
    await childOf(run, 'simulated-bot.ts');
    await childOf(run, 'newcomer.ts');
    run.process.kill('SIGKILL');
    await expect.poll(run.isAnyoneLeft, { timeout: timeout / 2 }).toBe(false);
    expect((await run.ended).stderr).toBe('');
  });

  it.each([
    ['bin.ts', /^The simulator /],
    ['simulated-bot.ts', /^The bot ended with SIGKILL/],
  ])('fails with a sentence when its child %s dies', { timeout }, async (file, sentence) => {
    const run = runDemo();
    await childOf(run, 'simulated-bot.ts');
    process.kill(await childOf(run, file), 'SIGKILL');
    const { code, stderr } = await run.ended;
    expect(code).toBe(1);
    expect(stderr).toMatch(sentence);
    expect(run.isAnyoneLeft()).toBe(false);
  });
});
