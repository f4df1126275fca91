import {
  type CallOptions,
  type StartOptions,
  type StartReceipt,
  type TypingCapabilities,
  TypingError,
  type TypingErrorCode,
  type TypingErrorDetails,
  type TypingProvider,
} from '@typingkit/core';

/** What a {@link fakeProvider} is like. Everything has a default. */
export interface FakeProviderOptions<Target> {
  /** Default: `fake`. */
  readonly name?: string | undefined;
  /**
   * What to change in the capabilities. Default: an indicator that stays for 10 s, can be stopped and can be repeated
   * as often as you like. With `stop: 'expires'` the provider has no `stop`.
   */
  readonly capabilities?: Partial<TypingCapabilities> | undefined;
  /** Checks targets. Default: every target is good as it is. */
  readonly parseTarget?: ((input: unknown) => Target) | undefined;
  /** Default: the target as JSON, so that equal targets are one conversation. */
  readonly conversationKey?: ((target: Target) => string) | undefined;
}

/** One call that reached a {@link fakeProvider}. */
export interface FakeCall<Target> {
  readonly operation: 'start' | 'stop';
  readonly target: Target;
  /** What came with it: the signal and, for a start, `ttlMs`, `status` and `action`. */
  readonly options: StartOptions;
}

/** Which calls an instruction is for. */
export interface FakePlan {
  /** Default: `start`. */
  readonly operation?: 'start' | 'stop' | undefined;
  /** How many calls. Default: 1. */
  readonly times?: number | undefined;
}

/** How to fail: see {@link FakeProvider.failNext}. */
export interface FakeFailure extends FakePlan {
  /** More about the error, such as `retryAfterMs` and `status`. */
  readonly details?: Partial<Omit<TypingErrorDetails, 'code'>> | undefined;
}

/** How to hang: see {@link FakeProvider.hangNext}. */
export interface FakeHang extends FakePlan {
  /** Whether the call does not even settle when its signal is aborted. Default: `false`. */
  readonly ignoreSignal?: boolean | undefined;
}

/** A provider that asks nobody, remembers every call and does what it is told. Made by {@link fakeProvider}. */
export interface FakeProvider<Target = unknown> extends TypingProvider<Target> {
  /** Every call so far, oldest first. One whose signal was aborted beforehand is no call. */
  readonly calls: readonly FakeCall<Target>[];
  /** Those of {@link FakeProvider.calls} that are starts. */
  readonly starts: readonly FakeCall<Target>[];
  /** Those of {@link FakeProvider.calls} that are stops. */
  readonly stops: readonly FakeCall<Target>[];
  /** Whether `close` was called. */
  readonly closed: boolean;
  close(): Promise<void>;
  /** Lets the next calls reject with a `TypingError` of this code. Instructions queue up, those for stops apart. */
  failNext(code: TypingErrorCode, failure?: FakeFailure): void;
  /** Lets the next calls hang until {@link FakeProvider.release}, or until their signal is aborted. */
  hangNext(hang?: FakeHang): void;
  /** Lets the next starts answer with this receipt. */
  answerNext(receipt: StartReceipt, plan?: Pick<FakePlan, 'times'>): void;
  /** Lets every call that hangs now succeed. */
  release(): void;
  /** Forgets all calls and all instructions, and releases what hangs. */
  reset(): void;
}

type Instruction = (signal: AbortSignal | undefined) => StartReceipt | Promise<StartReceipt>;

const capabilitiesOfFake: TypingCapabilities = {
  ttl: { kind: 'fixed', ms: 10_000, source: 'documented' },
  repeat: 'extends',
  stop: 'explicit',
  clearsOnMessage: true,
  groups: true,
  minIntervalMs: 0,
  sideEffects: [],
  inbound: false,
  requires: [],
};

/**
 * A provider for the tests of what uses one.
 *
 * ```ts
 * const imessage = fakeProvider<LinqTarget>();
 * const typing = createTyping({ channels: { imessage } });
 * imessage.failNext('rate-limited', { details: { retryAfterMs: 30_000 } });
 * ```
 */
export function fakeProvider<Target = unknown>(
  options: FakeProviderOptions<Target> = {},
): FakeProvider<Target> {
  const {
    name = 'fake',
    // The type is the caller's claim: without `parseTarget` nobody here can check it.
    parseTarget = (input) => input as Target,
    conversationKey = canonicalJson,
  } = options;
  const capabilities = { ...capabilitiesOfFake, ...options.capabilities };
  const calls: FakeCall<Target>[] = [];
  const instructions: Record<FakeCall<Target>['operation'], Instruction[]> = {
    start: [],
    stop: [],
  };
  const hanging = new Set<() => void>();
  let closed = false;

  const instruct = ({ operation = 'start', times = 1 }: FakePlan, what: Instruction): void => {
    for (let time = 0; time < times; time += 1) instructions[operation].push(what);
  };
  const release = (): void => {
    for (const settle of hanging) settle();
  };
  const call = async (
    operation: FakeCall<Target>['operation'],
    target: Target,
    callOptions: StartOptions,
  ): Promise<StartReceipt> => {
    callOptions.signal?.throwIfAborted();
    calls.push({ operation, target, options: callOptions });
    return (await instructions[operation].shift()?.(callOptions.signal)) ?? {};
  };
  const stop = async (target: Target, callOptions: CallOptions): Promise<void> => {
    await call('stop', target, callOptions);
  };

  return {
    specification: 1,
    name,
    capabilities,
    parseTarget,
    conversationKey,
    start: (target, callOptions) => call('start', target, callOptions),
    ...(capabilities.stop === 'explicit' && { stop }),
    close: async () => {
      closed = true;
    },
    get calls() {
      return calls;
    },
    get starts() {
      return calls.filter(({ operation }) => operation === 'start');
    },
    get stops() {
      return calls.filter(({ operation }) => operation === 'stop');
    },
    get closed() {
      return closed;
    },
    failNext(code, { details, ...plan } = {}) {
      const { operation = 'start' } = plan;
      instruct(plan, () => {
        const reason = `the fake was told to fail with ${code}`;
        throw new TypingError({ provider: name, operation, reason, ...details, code });
      });
    },
    hangNext({ ignoreSignal = false, ...plan } = {}) {
      instruct(plan, (signal) => hang(hanging, ignoreSignal ? undefined : signal));
    },
    answerNext(receipt, plan = {}) {
      instruct(plan, () => receipt);
    },
    release,
    reset() {
      calls.length = 0;
      instructions.start.length = 0;
      instructions.stop.length = 0;
      closed = false;
      release();
    },
  };
}

function hang(hanging: Set<() => void>, signal: AbortSignal | undefined): Promise<StartReceipt> {
  return new Promise((resolve, reject) => {
    const settle = (): void => {
      hanging.delete(settle);
      signal?.removeEventListener('abort', giveUp);
      resolve({});
    };
    const giveUp = (): void => {
      hanging.delete(settle);
      reject(signal?.reason);
    };
    hanging.add(settle);
    signal?.addEventListener('abort', giveUp, { once: true });
  });
}

function canonicalJson(target: unknown): string {
  const text = JSON.stringify(target, (_key, value: unknown) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  );
  return text ?? String(target);
}
