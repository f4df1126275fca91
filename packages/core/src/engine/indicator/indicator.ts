import { WheelEntry } from '../../time/timer-wheel.ts';
import { longAgoMs } from '../../time/long-ago.ts';
import type { Account } from '../channel/ask-provider.ts';
import type { ChannelContext } from '../channel/channel-context.ts';
import type { Exchange, StopOutcome } from '../exchange/exchange.ts';
import { nowhere } from '../exchange/in-flight-table.ts';
import type { GateConversation } from '../limits/gate.ts';
import type { ListedSession } from '../session/listed-session.ts';
import type { Burst } from './bursts.ts';
import type { Failures } from './failures.ts';
import type { Wishes } from './holders.ts';

interface Rarities {
  wishes?: Wishes | undefined;
  failures?: Failures | undefined;
  burst?: Burst | undefined;
}

/**
 * The indicator of one conversation: everything that is known of it, and nothing that it does. What it does stands in
 * the files beside this one, as functions over it.
 *
 * It is one flat object, because most of what a refresh costs is to fetch from memory what it touches: a million
 * conversations fit into no cache. Every field costs a million times 8 bytes. What belongs to one start stands on its
 * exchange instead, and what is seldom in an object that is made when it is needed.
 *
 * Times are whole milliseconds on the clock of the engine, `longAgoMs` where nothing has happened.
 */
export class Indicator extends WheelEntry implements GateConversation {
  readonly context: ChannelContext;
  /** Names the conversation. */
  readonly key: string;
  /** What it types on: the gate knows it by that. */
  readonly account: Account;
  /** The newest target that was given for it: some vendors want the id of the newest message. */
  target: unknown;

  /** Bubble: when the vendor accepted the last start. */
  acceptedAtMs: number = longAgoMs;
  /** Bubble: until when what was accepted lasts. */
  visibleUntilMs: number = longAgoMs;
  /** Bubble: until when something may be on the screen, also after a start whose answer never came. */
  upUntilMs: number = longAgoMs;

  /** Holders: the newest session; the others follow it. */
  firstSession: ListedSession | undefined = undefined;
  /** Holders: how many sessions count. Those that still wait for `delayMs` do not. */
  holders = 0;

  /** Pace: how many starts went out since somebody holds it. */
  attempts = 0;
  /** Pace: when the next start is due. In the past: now. */
  nextStartAtMs: number = longAgoMs;
  /** Pace: when the last start went out. */
  sentAtMs: number = longAgoMs;
  /** Pace: until when a message keeps it down. */
  resumeAtMs: number = longAgoMs;

  /** Wire: where its start in flight stands in the table of the channel. */
  startPlace: number = nowhere;
  /** Wire: the stop in flight, or waiting for the start in flight. */
  stop: Exchange<StopOutcome> | undefined = undefined;
  /** Wire: how often it was stopped. What waits for a stop is overtaken by another one. */
  stops = 0;

  /** How many one-shot calls are under way: until they have ended, it is not forgotten. */
  callsInFlight = 0;
  /** What most indicators do without. */
  #rarities: Rarities | undefined = undefined;

  constructor(context: ChannelContext, key: string, target: unknown) {
    super();
    this.context = context;
    this.key = key;
    this.target = target;
    this.account = context.accountOf(target);
  }

  /** Holders: what sessions wish for. */
  get wishes(): Wishes | undefined {
    return this.#rarities?.wishes;
  }

  set wishes(wishes: Wishes | undefined) {
    if (!wishes && !this.#rarities) return;
    (this.#rarities ??= {}).wishes = wishes;
  }

  /** Made with the first failure. */
  get failures(): Failures | undefined {
    return this.#rarities?.failures;
  }

  set failures(failures: Failures | undefined) {
    if (!failures && !this.#rarities) return;
    (this.#rarities ??= {}).failures = failures;
  }

  /** Made when starts or stops follow each other quickly. */
  get burst(): Burst | undefined {
    return this.#rarities?.burst;
  }

  set burst(burst: Burst | undefined) {
    (this.#rarities ??= {}).burst = burst;
  }

  /** The wheel, too, knows nothing but the record. */
  override onDue(nowMs: number): void {
    this.context.runner.onDue(this, nowMs);
  }
}
