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
    run = runDemo(['--wire'], {
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
    const [imessageRequests, linkedinRequests, telegramRequests, slackRequests] =
      linesWith('    requests  ');
    const [imessageSeen, linkedinSeen, telegramSeen, slackSeen] = linesWith('    recipient  ');
    expect(linesWith('    bot  ')).toEqual([expect.stringMatching(/ \.{3,} waits +\.{2,}$/)]);
    expect(imessageRequests).toMatch(/ \^ {3,}@ {3,}\^ {2,}@$/);
    expect(linkedinRequests).toMatch(/ \^ +! [ ^!]*@$/);
    expect(imessageSeen).toMatch(/ ={3,} message +={2,} message$/);
    expect(linkedinSeen).toMatch(/ ={10,}( expired)? +=+ message$/);
    expect(telegramRequests).toMatch(/ \^ +[!^][ ^!]*@$/);
    expect(telegramSeen).toMatch(/ ={10,}( expired)?( +=* message| *)$/);
    // A start lasts for two minutes there, and says something else in between.
    expect(slackRequests).toMatch(/ \^ +\^ +@$/);
    expect(slackSeen).toMatch(/ ={10,} message$/);
    expect(linesWith('    outage  ')).toEqual([expect.stringMatching(/ {10,}#+ 503$/)]);
  });

  it('fits on a screen of 24 rows, so that it can be drawn in place', () => {
    const first = end.lines.findIndex((line) => /^ +0 +1 /.test(line));
    const last = end.lines.findIndex((line) => line.includes('sees "typing..."'));
    expect(last - first + 1).toBeLessThanOrEqual(23);
    for (const title of ['iMessage, through Linq', 'LinkedIn, through ConnectSafely'])
      expect(end.lines.slice(first, last)).toContain(`  ${title}`);
    for (const title of ['Telegram', 'Slack'])
      expect(end.lines.slice(first, last)).toContain(`  ${title}`);
  });

  it('says what the bot does where that is shown', () => {
    expect(words()).toContain('Slack said "is typing...", then "is searching the web...".');
  });

  it('shows the person who types back between two messages, and the bot that waits for them', () => {
    const [theirs] = linesWith('    they type  ');
    expect(theirs).toMatch(/ ~{3,}$/);
    const [requests] = linesWith('    requests  ');
    const column = (line: string | undefined, mark: string): number => line?.indexOf(mark) ?? -1;
    expect(column(theirs, '~')).toBeGreaterThanOrEqual(column(requests, '@'));
    expect(theirs?.trimEnd().length).toBeLessThanOrEqual((requests?.lastIndexOf('^') ?? -1) + 1);
    expect(words()).toMatch(
      /Person They typed back, .* by a signed webhook\. .* waited [\d.]+ s until they ceased\./,
    );
  });

  it('lists what went over the wire, in both directions', () => {
    const typed = ['POST', expect.stringMatching(/^\/api\/partner\/v3\/chats\/.*\/typing$/), '204'];
    const said = [
      'POST',
      expect.stringMatching(/^\/api\/partner\/v3\/chats\/.*\/messages$/),
      '202',
    ];
    expect(requestsOf('Linq')).toEqual([typed, said, typed, said]);
    expect(requestsOf('the bot')).toEqual([
      ['POST', '/webhook', 'chat.typing_indicator.started', '200'],
      ['POST', '/webhook', 'chat.typing_indicator.stopped', '200'],
    ]);
    const typing = ['POST', '/linkedin/messaging/typing-indicator'];
    const [first, second, ...others] = requestsOf('ConnectSafely');
    expect(first).toEqual([...typing, '200']);
    expect(second).toEqual([...typing, '503']);
    expect(others.at(-1)).toEqual(['POST', '/linkedin/messaging/send-with-typing', '200']);
    expect(requestsOf('Telegram').at(-1)).toEqual([
      'POST',
      '/telegram/bot[redacted]/sendMessage',
      '200',
    ]);
    const status = ['POST', '/slack/assistant.threads.setStatus', '200'];
    expect(requestsOf('Slack')).toEqual([
      status,
      status,
      ['POST', '/slack/chat.postMessage', '200'],
    ]);
  });

  it('shows the time of the reply beside the time of its work', () => {
    const rows = [...end.stdout.matchAll(/(\w+): ([\d.]+) s of work, ([\d.]+) s in all\./g)];
    expect(rows.map(([, channel]) => channel)).toEqual([
      'iMessage',
      'LinkedIn',
      'Telegram',
      'Slack',
    ]);
    const { imessage, linkedin, telegram, slack } = schedule.thinkMs;
    const thoughtMs = [imessage, linkedin, telegram, slack].map((times) =>
      times.reduce((sum, ms) => sum + ms, 0),
    );
    for (const [index, [, , work, all]] of rows.entries()) {
      expect(Number(work)).toBeGreaterThanOrEqual((thoughtMs[index] ?? Infinity) / 1_000);
      expect(Number(all)).toBeGreaterThanOrEqual(Number(work));
    }
  });

  it('says what became of the outage and of the bubbles', () => {
    expect(words()).toMatch(
      /Outage (One refresh was|\d were) refused, which the bot did not notice\./,
    );
    // A message took the other bubble away, which is no failure.
    expect(words()).not.toContain('The iMessage bubble was gone');
    expect(words()).toContain('End The messages took the bubbles away: no stop was sent.');
  });

  it('begins with the chart and what happened, and ends with where to go', () => {
    const chart = end.lines.findIndex((line) => /^ +0 +[12] /.test(line));
    const happened = end.lines.indexOf('  What happened');
    const wire = end.lines.findIndex((line) => line.startsWith('  Over the wire'));
    const where = end.lines.indexOf('  Where to go');
    expect(chart).toBeGreaterThan(0);
    expect(chart).toBeLessThanOrEqual(6);
    expect([happened > chart, wire > happened, where > wire]).toEqual([true, true, true]);
    expect(words()).not.toContain('What surprises newcomers Before');
    expect(words()).toMatch(/Where to go .* playground .* demo -- --cases .* docs\/\S+\.md/);
  });

  function words(): string {
    return end.stdout.replaceAll(/\s+/g, ' ');
  }

  function requestsOf(receiver: string): readonly (readonly string[])[] {
    const before = new RegExp(`^ +[\\d.]+ s {2}${receiver} +`);
    const rows = end.lines.filter((line) => before.test(line));
    return rows.map((line) => line.replace(before, '').split(/\s+/));
  }

  function linesWith(text: string): readonly string[] {
    return end.lines.filter((line) => line.includes(text));
  }
});

describe('The nine cases', () => {
  let end: DemoEnd;

  beforeAll(async () => {
    end = await runDemo(['--cases'], { NO_COLOR: '1' }).ended;
  }, timeout);

  it('are plain text of 80 columns, without a complaint, and end with where to go', () => {
    expect(end).toMatchObject({ code: 0, stderr: '' });
    expect(end.lines.filter((line) => line.length > 80)).toEqual([]);
    expect(end.lines).toContain('  Where to go');
    expect(end.stdout).not.toContain('What happened');
  });

  it.each([
    [
      'Inactive chat',
      /typingkit accepted recipient saw nothing$/,
      /^no: the last message .* older than 5 minutes\. Send a message first\./,
    ],
    [
      'SMS chat',
      /typingkit accepted recipient saw nothing$/,
      /^no: this chat runs over SMS, .*\. Do not type in this chat:/,
    ],
    [
      'Group, until July',
      /typingkit forbidden: .* 403 .*2005.* recipient saw nothing$/,
      /^unknown: this chat is a group, and Linq may not show typing in groups\. .* option groups/,
    ],
    [
      'Group, since August',
      /typingkit accepted recipient saw the bubble for 87 s$/,
      /^unknown: this chat is a group, and Linq may not show typing in groups\. .* option groups/,
    ],
    [
      'Wrong key',
      /typingkit unauthenticated: .* 401 .* recipient saw nothing$/,
      /^no: 401 .*\. Check the Linq API key\.$/,
    ],
    [
      'Wrong URN',
      /typingkit invalid-target: .* recipient saw nothing: no request went out$/,
      /^no: conversationUrn must be .*\. Check the target\.$/,
    ],
    [
      'Wrong channel',
      /unknown-channel: .* Did you mean "imessage"\?.* no request went out$/,
      /^rejects with the same error$/,
    ],
    [
      'No stop',
      /accepted; then expires within \S+ s recipient saw the bubble for 6 s$/,
      /^unknown: .* both sides have switched it on, .* Check the recipient's screen once\./,
    ],
    [
      'Another account',
      /accepted, with the warning account-mismatch: .* saw nothing$/,
      /^unknown: .* both sides have switched it on, .* Check the recipient's screen once\./,
    ],
  ])('explains the case %j, and what can be known of it beforehand', (title, answer, diagnosis) => {
    const first = end.lines.findIndex((line) => line.startsWith(`  ${title}`));
    const paragraph = end.lines.slice(first, end.lines.indexOf('', first)).join(' ');
    const [happened, diagnosed] = paragraph.replaceAll(/\s+/g, ' ').split(' diagnose ');
    expect(end.lines[first + 1]).toMatch(/^ {4}typingkit/);
    expect(happened).toMatch(answer);
    expect(diagnosed).toMatch(diagnosis);
  });
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
    for (const [args, file] of [
      [[], 'simulated-bot.ts'],
      [['--cases'], 'newcomer.ts'],
    ] as const) {
      const run = runDemo(args);
      await childOf(run, file);
      run.process.kill('SIGKILL');
      await expect.poll(run.isAnyoneLeft, { timeout: timeout / 2 }).toBe(false);
      expect((await run.ended).stderr).toBe('');
    }
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
