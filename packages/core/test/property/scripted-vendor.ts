import {
  type StartOptions,
  type StartReceipt,
  TypingError,
  type TypingErrorCode,
  type TypingProvider,
} from '@typingkit/core';
import type { LeapingClock } from './leaping-clock.ts';
import type { Answer, ChannelName, VendorScript } from './schedule.ts';
import type { Outcome, Recorder, WireCall } from './story.ts';

/** More requests than any schedule can mean: the engine has lost itself in a loop. */
const stormOfCalls = 3_000;

export interface ChatTarget {
  readonly chat: number;
}

export interface ScriptedVendor {
  readonly provider: TypingProvider<ChatTarget>;
  /** From now on every request is accepted at once. */
  recover(): void;
  /** The next start fails, and its second attempt. */
  relapse(code: TypingErrorCode): void;
}

/** A provider that does what its script says and records what reaches it. */
export function scriptedVendor(
  channel: ChannelName,
  script: VendorScript,
  clock: LeapingClock,
  recorder: Recorder,
): ScriptedVendor {
  const { capabilities } = script;
  const answers = { start: [...script.starts], stop: [...script.stops] };
  const perChat = script.budgetPer === 'chat';

  function call(
    kind: WireCall['kind'],
    target: ChatTarget,
    options: StartOptions,
  ): Promise<StartReceipt> {
    const answer = answers[kind].shift();
    const record: WireCall = {
      kind,
      channel,
      conversation: `${channel}/${target.chat}`,
      budget: perChat ? `${channel}/${target.chat}` : channel,
      capabilities,
      called: recorder.now(),
      ordinaryMs: ordinaryLifetimeMs(script, options),
      toldMs: answer?.how === 'accept' ? answer.visibleForMs : undefined,
    };
    const { wire } = recorder.story;
    wire.push(record);
    if (wire.length > stormOfCalls) throw new Error('the engine calls the vendor without end');
    if (!answer) return atOnce(record, recorder);
    if (answer.how === 'fail') noteFailure(record, answer);
    return answer.keyMs > 0
      ? afterKey(record, answer, options, clock, recorder)
      : exchange(record, answer, options, clock, recorder);
  }

  return {
    provider: {
      specification: 1,
      name: `vendor-of-${channel}`,
      capabilities,
      // Nobody but the schedule makes targets.
      parseTarget: (input) => input as ChatTarget,
      conversationKey: ({ chat }) => `${channel}/${chat}`,
      ...(perChat && { budgetKey: ({ chat }: ChatTarget) => `${chat}` }),
      start: (target, options) => call('start', target, options),
      ...(capabilities.stop === 'explicit' && {
        async stop(target: ChatTarget, options: StartOptions): Promise<void> {
          await call('stop', target, options);
        },
      }),
      close: () => (script.closes ? Promise.resolve() : new Promise(() => {})),
    },
    recover() {
      answers.start.length = 0;
      answers.stop.length = 0;
    },
    relapse(code) {
      const answer = { ...plainFailure, code };
      answers.start = [answer, answer];
    },
  };
}

const plainFailure = {
  how: 'fail',
  afterMs: 0,
  keyMs: 0,
  heedsSignal: false,
  thrown: 'rejected',
  status: undefined,
  retryAfterMs: undefined,
  visibleForMs: undefined,
} as const;

function ordinaryLifetimeMs({ capabilities }: VendorScript, { ttlMs }: StartOptions): number {
  switch (capabilities.ttl.kind) {
    case 'fixed':
      return capabilities.ttl.ms;
    case 'caller':
      return ttlMs ?? capabilities.ttl.defaultMs ?? capabilities.ttl.maxMs;
    case 'until-stopped':
      return Infinity;
  }
}

// Does not even look at its signal, as most answers of a quick vendor need not.
function atOnce(record: WireCall, recorder: Recorder): Promise<StartReceipt> {
  record.sent = recorder.now();
  record.settled = { ...recorder.now(), outcome: 'accepted' };
  return Promise.resolve({});
}

function noteFailure(record: WireCall, answer: Answer): void {
  const { code, retryAfterMs, thrown } = answer;
  const status = statusOf(answer);
  if (thrown === 'stranger') return;
  record.retryAfterMs = retryAfterMs;
  record.isQuick =
    retryAfterMs !== undefined || code === 'network' || (status !== undefined && status >= 502);
}

/** Finds its key first, and looks at the signal only when it has it. */
async function afterKey(
  record: WireCall,
  answer: Answer,
  options: StartOptions,
  clock: LeapingClock,
  recorder: Recorder,
): Promise<StartReceipt> {
  await new Promise<void>((resolve) => {
    clock.setWorldTimer(resolve, answer.keyMs);
  });
  if (options.signal?.aborted) {
    record.aborted ??= recorder.now();
    record.settled = { ...recorder.now(), outcome: 'gave-up' };
    throw options.signal.reason;
  }
  return exchange(record, answer, options, clock, recorder);
}

function exchange(
  record: WireCall,
  answer: Answer,
  { signal }: StartOptions,
  clock: LeapingClock,
  recorder: Recorder,
): Promise<StartReceipt> {
  const settle = (outcome: Outcome): void => {
    record.settled = { ...recorder.now(), outcome };
  };
  const failure = (): unknown => {
    settle(answer.thrown === 'stranger' ? 'bad-response' : answer.code);
    return errorOf(answer, record.kind);
  };
  record.sent = recorder.now();
  if (answer.how === 'fail' && answer.thrown === 'thrown' && answer.afterMs === 0) throw failure();
  signal?.addEventListener('abort', () => (record.aborted ??= recorder.now()), { once: true });

  return new Promise((resolve, reject) => {
    const end = (): void => {
      if (record.settled) return;
      if (answer.how === 'fail') {
        reject(failure());
        return;
      }
      settle('accepted');
      resolve({ visibleForMs: answer.visibleForMs });
    };
    if (answer.how !== 'hang') {
      if (answer.afterMs === 0) end();
      else clock.setWorldTimer(end, answer.afterMs);
    }
    if (!answer.heedsSignal) return;
    signal?.addEventListener(
      'abort',
      () => {
        if (record.settled) return;
        settle('gave-up');
        reject(signal.reason);
      },
      { once: true },
    );
  });
}

function errorOf(answer: Answer, operation: 'start' | 'stop'): unknown {
  const { code, retryAfterMs, thrown } = answer;
  const status = statusOf(answer);
  if (thrown === 'stranger') return new RangeError('the provider broke its contract');
  const reason = 'the script says so';
  return new TypingError({ code, reason, status, retryAfterMs, operation });
}

function statusOf({ code, status }: Answer): number | undefined {
  return code === 'unavailable' ? status : undefined;
}
