import { type ConnectedGate, type Gate, memoryGate, type Verdict } from '@typingkit/core';
import { expect, test } from 'vitest';
import { virtualTyping } from './virtual-typing.ts';

const alice = { chat: 'alice' };

/** A gate in memory that never answers when a second attempt is due, or only after `afterMs`. */
function gateSilentOnRetry(answer: Promise<void>, reports: string[]): Gate {
  const inner = memoryGate();
  return {
    connect(engine) {
      const gate = inner.connect(engine);
      const connected: ConnectedGate = {
        joined: (conversation) => gate.joined(conversation),
        left: (conversation) => gate.left(conversation),
        forgotten: (conversation) => gate.forgotten(conversation),
        admit: (conversation, use, nowMs): Verdict | PromiseLike<Verdict> =>
          use === 'retry'
            ? answer.then(() => gate.admit(conversation, use, nowMs))
            : gate.admit(conversation, use, nowMs),
        report(conversation, admission, outcome) {
          reports.push(typeof outcome === 'string' ? outcome : outcome.code);
          gate.report(conversation, admission, outcome);
        },
        beforeStop: (conversation) => gate.beforeStop(conversation),
        rateLimited: (...given) => gate.rateLimited(...given),
        paceMs: (conversation) => gate.paceMs(conversation),
        pauseOf: (account, nowMs) => gate.pauseOf(account, nowMs),
        close: () => gate.close(),
      };
      return connected;
    },
  };
}

test('a gate that says nothing of a second attempt keeps its caller waiting for a second, not for the whole timeout', async () => {
  let answer = (): void => {};
  const answered = new Promise<void>((resolve) => (answer = resolve));
  const reports: string[] = [];
  const gate = gateSilentOnRetry(answered, reports);
  const { typing, provider, clock } = virtualTyping({ stop: 'expires' }, { gate });
  provider.failNext('network', { times: 2 });
  let code: unknown;
  const sent = typing
    .send('chat', alice, { timeoutMs: 10_000 })
    .catch((error: { readonly code: unknown }) => (code = error.code));
  await clock.advance(1_300);
  await sent;
  expect(code).toBe('network');
  expect(provider.starts).toHaveLength(1);
  expect(reports).toEqual(['network']);
  // What it says at last is undone.
  answer();
  await clock.advance(0);
  expect(reports).toEqual(['network', 'unsent']);
  expect(provider.starts).toHaveLength(1);
});

/** A gate in memory that says something else where it is asked about a pause, or a start. */
function lyingGate(lies: {
  readonly pauseOf?: () => unknown;
  readonly admit?: () => unknown;
}): Gate {
  const inner = memoryGate();
  return {
    connect(engine) {
      const gate = inner.connect(engine);
      // Somebody without a compiler.
      return Object.assign(Object.create(gate) as ConnectedGate, {
        joined: gate.joined.bind(gate),
        left: gate.left.bind(gate),
        forgotten: gate.forgotten.bind(gate),
        admit: gate.admit.bind(gate),
        report: gate.report.bind(gate),
        beforeStop: gate.beforeStop.bind(gate),
        rateLimited: gate.rateLimited.bind(gate),
        paceMs: gate.paceMs.bind(gate),
        pauseOf: gate.pauseOf.bind(gate),
        close: gate.close.bind(gate),
        ...lies,
      });
    },
  };
}

test.for<[string, () => unknown]>([
  ['throws where it is read', () => Object.defineProperty({}, 'by', { get: fail })],
  ['is a promise that rejects', () => Promise.reject(new Error('down'))],
  ['ends never and never begins', () => ({ by: 'rate-limit', untilMs: Number.NaN })],
  ['has a reason that nobody knows', () => ({ by: 'whim', untilMs: 5 })],
  ['is a string', () => 'no'],
])('a pause that %s is none', async ([, pauseOf]) => {
  const { typing, clock } = virtualTyping({}, { gate: lyingGate({ pauseOf }) });
  const session = typing.keep('chat', alice);
  await clock.advance(0);
  expect(session.state).toBe('active');
  expect(typing.sessions()[0]).not.toHaveProperty('pause');
  await typing.close();
});

test('a wait for a reason that nobody knows is the silence of the gate', async () => {
  const admit = (): unknown => ({ verdict: 'wait', by: 'whim', forMs: 0 });
  const { typing, provider } = virtualTyping({}, { gate: lyingGate({ admit }) });
  await expect(typing.send('chat', alice)).rejects.toMatchObject({ code: 'unavailable' });
  expect(provider.calls).toEqual([]);
});

function fail(): never {
  throw new Error('down');
}
