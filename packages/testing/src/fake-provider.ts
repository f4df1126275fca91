import {
  type CallOptions,
  type Diagnosis,
  diagnosisOf,
  type StartOptions,
  type StartReceipt,
  type TypingCapabilities,
  TypingError,
  type TypingErrorCode,
  type TypingErrorDetails,
  type TypingProvider,
} from '@typingkit/core';
import { type FakeOperation, fakeScript } from './fake-script.ts';

/** What a {@link fakeProvider} is like. Everything has a default. */
export interface FakeProviderOptions<Target> {
  /** Default: `fake`. */
  readonly name?: string | undefined;
  /**
   * What to change in the capabilities. Default: an indicator that stays for 10 s, can be stopped and can be repeated
   * as often as you like; and it may be told who types. With `stop: 'expires'` the provider has no `stop`.
   */
  readonly capabilities?: Partial<TypingCapabilities> | undefined;
  /** Checks targets. Default: every target is good as it is. */
  readonly parseTarget?: ((input: unknown) => Target) | undefined;
  /** Default: the target as JSON, so that equal targets are one conversation. */
  readonly conversationKey?: ((target: Target) => string) | undefined;
  /** What it answers when it is asked why nothing is seen: see `diagnosisOf`. Default: it cannot be asked. */
  readonly diagnosis?: Diagnosis | undefined;
}

/** One call that reached a {@link fakeProvider}. */
export interface FakeCall<Target> {
  readonly operation: FakeOperation;
  readonly target: Target;
  /** What came with it: the signal and, for a start, `ttlMs`, `status` and `action`. */
  readonly options: StartOptions;
}

/** Which calls an instruction is for. */
export interface FakePlan {
  /** Default: `start`. */
  readonly operation?: FakeOperation | undefined;
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
  /** Those of {@link FakeProvider.calls} that ask why nothing is seen. */
  readonly diagnoses: readonly FakeCall<Target>[];
  /** Whether `close` was called. */
  readonly closed: boolean;
  close(): Promise<void>;
  /** Lets the next calls reject with a `TypingError` of this code. Instructions queue up, for each operation apart. */
  failNext(code: TypingErrorCode, failure?: FakeFailure): void;
  /** Lets the next calls hang until {@link FakeProvider.release}, or until their signal is aborted. */
  hangNext(hang?: FakeHang): void;
  /** Lets the next starts answer with this receipt. */
  answerNext(receipt: StartReceipt, plan?: Pick<FakePlan, 'times'>): void;
  /** Lets the next questions why nothing is seen have this answer. */
  diagnoseNext(diagnosis: Diagnosis, plan?: Pick<FakePlan, 'times'>): void;
  /** Lets every call that hangs now succeed. */
  release(): void;
  /** Forgets all calls and all instructions, and releases what hangs. */
  reset(): void;
}

const capabilitiesOfFake: TypingCapabilities = {
  ttl: { kind: 'fixed', ms: 10_000, source: 'documented' },
  repeat: 'extends',
  stop: 'explicit',
  clearsOnMessage: true,
  groups: true,
  minIntervalMs: 0,
  sideEffects: [],
  inbound: true,
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
    diagnosis = diagnosisOf([]),
  } = options;
  const capabilities = { ...capabilitiesOfFake, ...options.capabilities };
  const calls: FakeCall<Target>[] = [];
  const script = fakeScript();
  let closed = false;

  const call = <Operation extends FakeOperation>(
    operation: Operation,
    target: Target,
    callOptions: StartOptions,
  ): ReturnType<typeof script.follow<Operation>> => {
    calls.push({ operation, target, options: callOptions });
    return script.follow(operation, callOptions.signal);
  };
  const stop = async (target: Target, callOptions: CallOptions): Promise<void> => {
    callOptions.signal?.throwIfAborted();
    await call('stop', target, callOptions);
  };
  const diagnose = async (target: Target, callOptions: CallOptions): Promise<Diagnosis> => {
    callOptions.signal?.throwIfAborted();
    return (await call('diagnose', target, callOptions)) ?? diagnosis;
  };
  const made = (operation: FakeOperation): FakeCall<Target>[] =>
    calls.filter((each) => each.operation === operation);

  return {
    specification: 1,
    name,
    capabilities,
    parseTarget,
    conversationKey,
    async start(target, callOptions) {
      callOptions.signal?.throwIfAborted();
      return (await call('start', target, callOptions)) ?? {};
    },
    ...(capabilities.stop === 'explicit' && { stop }),
    ...(options.diagnosis && { diagnose }),
    close: async () => {
      closed = true;
    },
    get calls() {
      return calls;
    },
    get starts() {
      return made('start');
    },
    get stops() {
      return made('stop');
    },
    get diagnoses() {
      return made('diagnose');
    },
    get closed() {
      return closed;
    },
    failNext(code, { details, operation = 'start', times } = {}) {
      script.add(operation, times, () => {
        const reason = `the fake was told to fail with ${code}`;
        throw new TypingError({ provider: name, operation, reason, ...details, code });
      });
    },
    hangNext({ ignoreSignal = false, operation = 'start', times } = {}) {
      script.add(operation, times, (signal) => script.hang(ignoreSignal ? undefined : signal));
    },
    answerNext(receipt, { times } = {}) {
      script.add('start', times, () => receipt);
    },
    diagnoseNext(answer, { times } = {}) {
      script.add('diagnose', times, () => answer);
    },
    release: script.release,
    reset() {
      calls.length = 0;
      closed = false;
      script.clear();
      script.release();
    },
  };
}

function canonicalJson(target: unknown): string {
  const text = JSON.stringify(target, (_key, value: unknown) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  );
  return text ?? String(target);
}
