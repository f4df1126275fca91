import type {
  ConnectedGate,
  Gate,
  GateAccount,
  GateConversation,
  GateEngine,
  Pause,
  RateLimitScope,
  Restored,
  StartOutcome,
  StartUse,
  StopVerdict,
  TypingEvent,
  Verdict,
} from '@typingkit/core';
import { errorCodeRow } from '@typingkit/core/error-codes';
import { randomBytes } from 'node:crypto';
import type { Hint } from '../hints.ts';
import type { Place } from '../keys.ts';
import type { Reach } from '../reach.ts';
import { admit, type AdmitReply, type ToldHolder } from '../scripts/admit.ts';
import { probeNameOf } from '../scripts/judge.ts';
import { note } from '../scripts/note.ts';
import { Credentials } from './credentials.ts';
import { Errands } from './errands.ts';
import type { Held } from './held.ts';
import { HeldTable } from './held-table.ts';
import { hearHint } from './hear-hint.ts';
import { type Adoptable, Ownership, within } from './ownership.ts';
import { type Caps, Telling } from './telling.ts';

/** What the gate needs of what stands around it. */
export interface GateHost {
  readonly reach: Reach;
  /** Whether this process shows what it holds; `false`: others do, and it may freeze. */
  readonly refreshes: boolean;
  /** Ends a session of this process, which somebody has stopped elsewhere. */
  endSession(id: string): void;
  /** Makes a session of this process live on, which somebody has touched elsewhere. */
  touchSession(id: string): void;
}

/** What an admission was given on. */
interface Admission {
  readonly use: StartUse;
  readonly trust: 'good' | 'probe' | 'untried';
  /** By the time of Redis. */
  readonly atMs: number;
  /** What Redis was told of the start after this one. */
  readonly toldInMs: number;
}

const elsewhere: Verdict = { verdict: 'elsewhere' };
const unheld: Verdict = { verdict: 'unheld' };

/** A gate in Redis, for one `Typing` of one process. */
export class RedisGate implements Gate {
  readonly #host: GateHost;
  #connection: RedisGateConnection | undefined;
  /** How the next session lives: the engine asks for its name before it does anything with it. */
  opening: Caps | undefined;

  constructor(host: GateHost) {
    this.#host = host;
  }

  connect(engine: GateEngine): ConnectedGate {
    this.#connection = new RedisGateConnection(this.#host, engine, () => this.opening);
    return this.#connection;
  }

  get connection(): RedisGateConnection {
    if (!this.#connection) throw new Error('no Typing is connected');
    return this.#connection;
  }
}

/** What the gate does for the one `Typing` behind it. */
export class RedisGateConnection implements ConnectedGate {
  readonly #host: GateHost;
  readonly #reach: Reach;
  readonly #engine: GateEngine;
  readonly #capsOfNext: () => Caps | undefined;
  readonly #table: HeldTable;
  readonly #errands = new Errands();
  readonly #credentials: Credentials;
  readonly #ownership: Ownership;
  readonly #telling: Telling;

  constructor(host: GateHost, engine: GateEngine, capsOfNext: () => Caps | undefined) {
    this.#host = host;
    this.#reach = host.reach;
    this.#engine = engine;
    this.#capsOfNext = capsOfNext;
    this.#table = new HeldTable(host.reach);
    this.#credentials = new Credentials(host.reach, engine, this.#table, this.#errands);
    this.#ownership = new Ownership(host.reach, engine, this.#table, this.#errands);
    this.#telling = new Telling(host.reach, engine, this.#table, this.#errands, this.#ownership);
  }

  // What the engine asks.

  nameSession(conversation: GateConversation): string {
    const held = this.#find(conversation);
    const id = `${held.tag}.${held.conversation}.${randomBytes(16).toString('base64url')}`;
    const caps = this.#capsOfNext();
    if (caps) this.#telling.begin(id, held, caps);
    return id;
  }

  joined(conversation: GateConversation): void {
    const held = this.#find(conversation);
    this.#credentials.mirror(held.tag).count(held.budget, 1);
  }

  left(conversation: GateConversation): void {
    const held = this.#find(conversation);
    const mirror = this.#credentials.mirror(held.tag);
    mirror.count(held.budget, -1);
    mirror.waiting.delete(conversation);
  }

  admit(
    conversation: GateConversation,
    use: StartUse,
    nowMs: number,
  ): Verdict | PromiseLike<Verdict> {
    const held = this.#find(conversation);
    const mirror = this.#credentials.mirror(held.tag);
    const isQueuing = use === 'start' || use === 'refresh';
    if (isQueuing && !this.#host.refreshes) return this.#leaveToOthers(held);
    const restMs = mirror.restMs(held.budget, nowMs);
    if (restMs > 0) return { verdict: 'wait', by: 'rate-limit', forMs: restMs };
    const suspendedMs = mirror.suspendedUntilMs - nowMs;
    if (suspendedMs > 0) return this.#credentials.queue(held, isQueuing, suspendedMs);
    return this.#ask(held, use, this.#telling.untold(held));
  }

  report(conversation: GateConversation, admission: unknown, outcome: StartOutcome): void {
    const held = this.#find(conversation);
    // What comes back is what `admit` gave.
    const given = admission as Admission;
    const { account } = conversation;
    if (outcome === 'unsent' && account.budget) this.#giveBack(held, given);
    const probe =
      given.trust === 'probe'
        ? probeNameOf(this.#reach.process, held.conversation, given.atMs)
        : '';
    if (outcome === 'unsent' || outcome === 'unanswered') {
      if (probe !== '') this.#credentials.judge(account, held.tag, 'given-up', probe);
      return;
    }
    if (outcome === 'accepted') {
      if (given.trust !== 'good') this.#credentials.judge(account, held.tag, 'accepted', probe);
      this.#noteAccepted(held, given);
      return;
    }
    const { sessions } = errorCodeRow(outcome.code);
    const isNoVerdict = sessions !== 'suspends-credential' && sessions !== 'ends-session';
    if (sessions === 'suspends-credential') {
      this.#credentials.judge(account, held.tag, 'refused', probe);
    } else if (given.trust !== 'good') {
      this.#credentials.judge(account, held.tag, isNoVerdict ? 'nothing' : 'accepted', probe);
    }
    // It is refused to all who hold it, wherever they are.
    if (sessions === 'ends-session' && given.use !== 'once' && given.use !== 'retry') {
      void this.#errands.quietly(this.#reach.leaveAll(held));
    }
  }

  beforeStop(conversation: GateConversation): Promise<StopVerdict> {
    return this.#ownership.beforeStop(this.#find(conversation));
  }

  forgotten(conversation: GateConversation): void {
    this.#ownership.forgotten(this.#find(conversation));
  }

  rateLimited(account: GateAccount, forMs: number, scope: RateLimitScope): void {
    this.#credentials.rest(account, forMs, scope);
  }

  paceMs({ account }: GateConversation): number {
    return this.#credentials.paceMs(account);
  }

  pauseOf(account: GateAccount, nowMs: number): Pause | undefined {
    return this.#credentials.pauseOf(account, nowMs);
  }

  close(): void {
    this.#credentials.close();
  }

  // What happens to sessions of this process, and around it.

  /** From now on this process hands over what others hold. */
  beginToClose(): void {
    this.#ownership.isClosing = true;
  }

  /** Hears what becomes of them. */
  onEvent(event: TypingEvent): void {
    const { type } = event;
    if (type === 'closed') {
      this.#telling.end(event.sessionId);
    } else if (type === 'paused' || type === 'fallback') {
      this.#telling.rest(event.sessionId);
    } else if (type === 'continued') {
      this.#telling.goOn(event.sessionId);
    } else if (type === 'cleared' || type === 'expired') {
      const held = this.#table.at(event.channel, event.conversation);
      if (held) this.#ownership.answerAskers(held);
    }
  }

  /** Settles when Redis knows of a session, or as soon as it has ended. */
  told(id: string): Promise<void> {
    return this.#telling.told(id);
  }

  touched(id: string): void {
    this.#telling.touched(id);
  }

  askToClear(place: Place, owner: string): Promise<boolean> {
    return this.#ownership.askToClear(place, owner);
  }

  onHint(hint: Hint): void {
    hearHint(hint, {
      host: this.#host,
      engine: this.#engine,
      table: this.#table,
      errands: this.#errands,
      credentials: this.#credentials,
      ownership: this.#ownership,
      telling: this.#telling,
    });
  }

  adopt(adoptable: Adoptable, restored: Restored): boolean {
    return this.#ownership.adopt(adoptable, restored);
  }

  /** Tells Redis what it may not know: from time to time, and when it forgot everything. */
  beat(hasForgotten: boolean): void {
    this.#telling.beat(hasForgotten);
    this.#credentials.count();
  }

  /** Asks again for what another process showed, in case that nobody does any more. */
  lookAgain(withinMs: number): void {
    this.#ownership.announceAgain();
    for (const held of this.#table.all()) {
      if (!held.isElsewhere || held.sessions.size === 0) continue;
      this.#engine.wake(held.known, this.#engine.random() * withinMs);
    }
  }

  /** Settles when Redis has heard everything. */
  drained(): Promise<void> {
    return this.#errands.drained();
  }

  async #ask(
    held: Held,
    use: StartUse,
    holders: readonly ToldHolder[],
    isSecond = false,
  ): Promise<Verdict> {
    const { account } = held.known;
    const toldInMs = use === 'refresh' ? held.intervalMs : 0;
    const isQueuing = use === 'start' || use === 'refresh';
    // First: whoever buries this process looks there for what it owns.
    if (isQueuing) this.#ownership.announce(held);
    const { insurance } = this.#reach;
    if (isQueuing && held.epoch === 0 && !insurance.isInsured) {
      await insurance.insure();
      // The engine asks again in a moment.
      if (!insurance.isInsured) throw new Error('nobody would notice the death of this process');
    }
    const { epoch } = held;
    let reply: AdmitReply;
    this.#telling.markTelling(holders, true);
    try {
      reply = await this.#reach.link.run(admit, {
        ...held.standing,
        nowMs: 0,
        epoch,
        use,
        channel: held.channel,
        target: holders.length > 0 ? JSON.stringify(held.known.target) : '',
        requests: account.budget?.requests ?? 0,
        perMs: account.budget?.perMs ?? 0,
        dueInMs: toldInMs,
        visibleForMs: toldInMs > 0 ? held.lifetimeMs : 0,
        holders,
      });
    } finally {
      this.#telling.markTelling(holders, false);
    }
    const { toldAtMs } = held;
    this.#telling.noteTold(held, holders);
    switch (reply.says) {
      case 'go':
        if (isQueuing) this.#ownership.own(held, reply.epoch);
        if (reply.trust === 'good') this.#credentials.mirror(held.tag).isSuspended = false;
        return {
          verdict: 'go',
          admission: { use, trust: reply.trust, atMs: reply.nowMs, toldInMs } satisfies Admission,
        };
      case 'wait': {
        const { by, forMs } = reply;
        if (isQueuing) this.#ownership.own(held, reply.epoch);
        if (by === 'credential') return this.#credentials.queue(held, isQueuing, forMs);
        this.#credentials.noteWait(held, by, forMs);
        return { verdict: 'wait', by, forMs };
      }
      case 'shown':
        if (isQueuing) this.#ownership.own(held, reply.epoch);
        return { verdict: 'shown', visibleForMs: reply.forMs };
      case 'unheld': {
        if (isSecond || this.#reach.link.awayAtMs < toldAtMs) return unheld;
        const outlived = await this.#telling.outlived(held);
        return outlived.length === 0 ? unheld : this.#ask(held, use, outlived, true);
      }
      case 'forgot': {
        held.epoch = 0;
        this.#ownership.forgetTags();
        const living = this.#telling.living(held);
        if (isSecond) return unheld;
        return this.#ask(held, use, living.length > 0 ? living : [this.#telling.grace], true);
      }
      case 'kept':
      case 'elsewhere':
      case 'told': {
        // It was claimed for this process while it was being asked for.
        const isStale = held.epoch !== epoch && held.epoch > 0;
        if (!isStale) held.epoch = 0;
        if (reply.says === 'kept') return elsewhere;
        const isMine = reply.owner === this.#reach.process || isStale;
        if (isMine && !isSecond) return this.#ask(held, use, [], true);
        if (isQueuing) held.isElsewhere = true;
        this.#telling.sayCome(held, reply, holders);
        return elsewhere;
      }
    }
  }

  /** Tells Redis of what is held here, and calls for somebody who shows it where nobody does. */
  async #leaveToOthers(held: Held): Promise<Verdict> {
    const holders = this.#telling.untold(held);
    const target = JSON.stringify(held.known.target);
    this.#telling.markTelling(holders, true);
    try {
      const reply = await this.#reach.link.run(admit, {
        ...held.standing,
        nowMs: 0,
        epoch: 0,
        use: 'tell',
        channel: held.channel,
        target,
        requests: 0,
        perMs: 0,
        dueInMs: 0,
        visibleForMs: 0,
        holders,
      });
      if (reply.says === 'told') {
        const { conversation, tag } = held;
        if (reply.owner === '') {
          await this.#reach.handOver({ tag, conversation, channel: held.channel, target });
        }
        this.#telling.sayCome(held, reply, holders);
      }
    } finally {
      this.#telling.markTelling(holders, false);
    }
    // What has ended meanwhile is told to have ended: only now, when somebody has been called.
    this.#telling.noteTold(held, holders);
    held.isElsewhere = true;
    return elsewhere;
  }

  #giveBack(held: Held, { atMs }: Admission): void {
    const { link } = this.#reach;
    const { budgetKey } = held.standing;
    void this.#errands.quietly(link.ask(() => link.client.lrem(budgetKey, 1, atMs)));
  }

  #noteAccepted(held: Held, { toldInMs, use }: Admission): void {
    const { nextStartAtMs, sentAtMs, visibleUntilMs } = held.known;
    held.intervalMs = within(nextStartAtMs - sentAtMs);
    held.lifetimeMs = within(visibleUntilMs - sentAtMs);
    held.dueAtMs = nextStartAtMs;
    held.visibleUntilMs = visibleUntilMs;
    const isExpected = toldInMs > 0 && Math.abs(held.intervalMs - toldInMs) < toldInMs / 5;
    if (isExpected || use === 'once' || use === 'retry' || held.epoch === 0) return;
    const nowMs = this.#engine.clock.now();
    const { epoch, standing } = held;
    const given = {
      ...standing,
      nowMs: 0,
      epoch,
      dueInMs: within(nextStartAtMs - nowMs),
      visibleForMs: within(visibleUntilMs - nowMs),
    };
    void this.#errands.quietly(this.#reach.link.run(note, given));
  }

  #find(conversation: GateConversation): Held {
    const held = this.#table.of(conversation);
    this.#ownership.takeClaim(held);
    return held;
  }
}
