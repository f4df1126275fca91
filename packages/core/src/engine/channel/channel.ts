import type { RateLimitScope, TypingError, TypingOperation } from '../../contract/typing-error.ts';
import type { TypingProvider } from '../../contract/typing-provider.ts';
import type { StopReceipt, TypingReceipt } from '../../contract/typing-receipt.ts';
import { abortReasonOf } from '../../time/abort-reason.ts';
import type { Deadline } from '../../time/deadline.ts';
import { toTypingError } from '../exchange/to-typing-error.ts';
import { openCallDeadline } from '../exchange/call-deadline.ts';
import { type Located, locate } from './ask-provider.ts';
import type { ChannelContext } from './channel-context.ts';
import type { ChannelDiagnosis, DiagnoseOptions } from '../../api/diagnosis.ts';
import { type Diagnosable, Diagnoses } from '../diagnose/diagnoses.ts';
import type { EngineContext } from '../engine-context.ts';
import { Indicator } from '../indicator/indicator.ts';
import { isCircuitOpen } from '../indicator/failures.ts';
import { list, sessionsOf } from '../indicator/holders.ts';
import { adopt, goOn, noteMessage } from '../indicator/run.ts';
import type { Restored } from '../limits/gate.ts';
import { boundedPauseMs } from '../limits/policy.ts';
import { closeAll } from './close.ts';
import { Losses } from './losses.ts';
import { openChannel } from './open.ts';
import { startOnce } from './send.ts';
import { withUnshown } from './unshown-wishes.ts';
import { stopOnce } from './stop.ts';
import { Session } from '../session/session.ts';
import { snapshotOf } from '../session/snapshot-of.ts';
import type { SessionSnapshot } from '../../api/session-snapshot.ts';
import type { ChannelSource, SendOptions, StopOptions } from '../../api/typing.ts';
import type { KeepOptions } from '../../api/session.ts';

/** One channel: its provider, made when it is first needed, and its indicators. */
export class Channel {
  readonly #name: string;
  readonly #source: ChannelSource;
  readonly #engine: EngineContext;
  readonly #indicators = new Map<string, Indicator>();
  readonly #diagnoses: Diagnoses;
  #context: ChannelContext | undefined = undefined;
  #losses: Losses | undefined = undefined;
  /** Why nothing more may begin. */
  #closedFor: TypingError | undefined = undefined;

  constructor(name: string, source: ChannelSource, engine: EngineContext) {
    this.#name = name;
    this.#source = source;
    this.#engine = engine;
    const typed: Diagnosable['typed'] = (error) => this.#typed(error, 'diagnose');
    const examine: Diagnosable['examine'] = (input) => this.#examine(input);
    this.#diagnoses = new Diagnoses({ name, typed, examine }, engine.clock);
  }

  /** @throws TypingError `misconfigured`, where it cannot be made. */
  get provider(): TypingProvider {
    try {
      return this.#opened().provider;
    } catch (error) {
      throw this.#typed(error);
    }
  }

  send(input: unknown, options: SendOptions): Promise<TypingReceipt> {
    const { timeoutMs: _, signal: __, ...wishes } = options;
    return this.#exchange('start', input, options, async (indicator, deadline) =>
      withUnshown(await startOnce(indicator, wishes, deadline), indicator, wishes),
    );
  }

  stop(input: unknown, options: StopOptions): Promise<StopReceipt> {
    return this.#exchange('stop', input, options, stopOnce);
  }

  /** @throws TypingError where the channel, the target or an option is not what it should be; never for the vendor. */
  keep(input: unknown, options: KeepOptions): Session {
    try {
      const indicator = this.#indicator(input);
      this.#refuseWhileEnding(indicator);
      const session = new Session(indicator, options);
      list(indicator, session);
      session.open();
      return session;
    } catch (error) {
      throw this.#typed(error, 'start');
    }
  }

  diagnose(input: unknown, options: DiagnoseOptions): Promise<ChannelDiagnosis> {
    return this.#diagnoses.find(input, options);
  }

  /** Names the conversation of a target. */
  locate(input: unknown): Located {
    try {
      return locate(this.#opened().provider, input);
    } catch (error) {
      throw this.#typed(error);
    }
  }

  messageSent(input: unknown): void {
    // Without a provider nothing was ever shown, and a key that is missing is no reason to fail here.
    const provider = this.#context?.provider;
    if (!provider) return;
    try {
      const indicator = this.#indicators.get(locate(provider, input).key);
      if (indicator) noteMessage(indicator);
    } catch (error) {
      throw this.#typed(error);
    }
  }

  /** The person pressed the platform's Stop button: ends the sessions of a conversation, and tells their work. */
  requestStop(input: unknown): void {
    try {
      const { key } = locate(this.#opened().provider, input);
      const indicator = this.#indicators.get(key);
      if (!indicator) return;
      // First: each one that ends leaves the list.
      const sessions = [...sessionsOf(indicator)];
      for (const session of sessions) session.requestStop();
    } catch (error) {
      throw this.#typed(error);
    }
  }

  /** Refreshes a conversation for sessions that live in another process. */
  adopt(input: unknown, restored: Restored): void {
    adopt(this.#indicator(input), restored);
  }

  /** The vendor said, to somebody else, that there were too many requests. */
  rateLimited(input: unknown, forMs: number, scope: RateLimitScope): void {
    try {
      const context = this.#opened();
      const { target } = locate(context.provider, input);
      context.gate.rateLimited(context.accountOf(target), boundedPauseMs(forMs), scope);
    } catch (error) {
      throw this.#typed(error);
    }
  }

  sessions(): SessionSnapshot[] {
    const snapshots: SessionSnapshot[] = [];
    for (const indicator of this.#indicators.values()) {
      for (const session of sessionsOf(indicator)) {
        if (session instanceof Session) snapshots.push(snapshotOf(session, indicator));
      }
    }
    return snapshots;
  }

  async close(reason: TypingError, deadline: Deadline): Promise<void> {
    this.#closedFor = reason;
    this.#diagnoses.close(reason);
    this.#losses?.close();
    await closeAll([...this.#indicators.values()], reason, deadline);
    this.#indicators.clear();
    await this.#context?.provider.close?.();
  }

  async #exchange<Receipt>(
    operation: TypingOperation,
    input: unknown,
    options: StopOptions,
    exchange: (indicator: Indicator, deadline: Deadline) => Promise<Receipt>,
  ): Promise<Receipt> {
    const { deadline } = openCallDeadline(this.#engine.clock, options);
    try {
      const indicator = this.#indicator(input);
      indicator.callsInFlight += 1;
      try {
        return await exchange(indicator, deadline);
      } finally {
        indicator.callsInFlight -= 1;
        goOn(indicator);
      }
    } catch (error) {
      if (options.signal?.aborted) throw abortReasonOf(options.signal);
      throw this.#typed(error, operation);
    } finally {
      deadline.close();
    }
  }

  /** An observer that opens a session whenever it hears that one has ended would never come to an end. */
  #refuseWhileEnding({ context, key }: Indicator): void {
    if (!this.#engine.isEnding(this.#name, key)) return;
    throw context.error('start', 'stopped', 'a session of this conversation is ending right now');
  }

  #opened(): ChannelContext {
    this.#context ??= this.#open();
    return this.#context;
  }

  #open(): ChannelContext {
    const context = openChannel(this.#name, this.#source, this.#engine, (indicator) => {
      const { key } = indicator;
      return this.#indicators.get(key) === indicator && this.#indicators.delete(key);
    });
    this.#losses = new Losses(context, (target) => {
      const { key } = locate(context.provider, target);
      return this.#indicators.get(key);
    });
    return context;
  }

  #indicator(input: unknown): Indicator {
    const context = this.#opened();
    const { key, target } = locate(context.provider, input);
    const known = this.#indicators.get(key);
    if (known) {
      known.target = target;
      return known;
    }
    const indicator = new Indicator(context, key, target);
    // Whoever has been asked until here may have closed it.
    if (this.#closedFor) throw this.#closedFor;
    this.#indicators.set(key, indicator);
    return indicator;
  }

  /** What is known of a conversation, without making anything of it. */
  #examine(input: unknown): ReturnType<Diagnosable['examine']> {
    const context = this.#opened();
    const { key, target } = locate(context.provider, input);
    const indicator = this.#indicators.get(key);
    const account = indicator?.account ?? context.accountOf(target);
    return {
      context,
      target,
      account,
      isResting: !!indicator && isCircuitOpen(indicator, context.nowMs()),
    };
  }

  #typed(error: unknown, operation?: TypingOperation): TypingError {
    return toTypingError(error, this.#name, this.#context?.provider.name, operation);
  }
}
