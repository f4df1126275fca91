import {
  type ConnectedGate,
  type Gate,
  type GateAccount,
  type GateConversation,
  type GateEngine,
  type Pause,
  type Restored,
  type StartOutcome,
  type StartUse,
  type StopVerdict,
  type TypingEvent,
  type Verdict,
} from '@typingkit/core';
import { errorCodeRow } from '@typingkit/core/error-codes';
import { randomBytes } from 'node:crypto';
import type { Hint } from '../hints.ts';
import { budgetNameOf, conversationNameOf, type Place, tagOf } from '../keys.ts';
import type { Reach } from '../reach.ts';
import { admit, type AdmitReply, type ToldHolder } from '../scripts/admit.ts';
import { hold, leave, type LeaveReply, note, touch } from '../scripts/holding.ts';
import { judge, type JudgeGiven, probeNameOf } from '../scripts/judge.ts';
import { fence, forget } from '../scripts/owning.ts';
import { ownedMs } from '../scripts/script.ts';
import { CredentialMirror } from './credential-mirror.ts';
import { Held, type LocalSession } from './held.ts';

/** What the gate needs of what stands around it. */
export interface GateHost {
  readonly reach: Reach;
  /** Ends a session of this process, which somebody has stopped elsewhere. */
  endSession(id: string): void;
  /** Makes a session of this process live on, which somebody has touched elsewhere. */
  touchSession(id: string): void;
}

/** How a session lives that is about to be opened. */
export interface Caps {
  readonly idleMs: number;
  readonly hardMs: number;
  readonly delayMs: number;
  readonly isWork: boolean;
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
const inTurn: Verdict = { verdict: 'wait', by: 'credential' };

/** How long a bubble without an end is believed to last, in milliseconds. */
const longestMs = 86_400_000;
/** How long the sessions of other processes have to say that they are there, where Redis forgot them, in milliseconds. */
const graceMs = 10_000;
/** How far apart those are woken that waited for a credential, and over how much time at the most, in milliseconds. */
const apartMs = 5;
const longestSpreadMs = 5_000;

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
  readonly #engine: GateEngine;
  readonly #capsOfNext: () => Caps | undefined;
  /** By their names in Redis. */
  readonly #held = new Map<string, Held>();
  readonly #heldOf = new WeakMap<GateConversation, Held>();
  readonly #sessions = new Map<string, LocalSession>();
  readonly #credentials = new Map<string, CredentialMirror>();
  /** What was claimed for this process, and that its engine has not joined yet. */
  readonly #claimed = new Map<string, number>();
  /** Who asked for a conversation to be cleared. */
  readonly #askers = new Map<string, { readonly from: string; readonly nonce: string }[]>();
  /** Whether owners elsewhere have cleared what they were asked to clear. */
  readonly #clearings = new Map<string, Promise<boolean>>();
  readonly #tagsTold = new Map<string, { readonly channel: string; readonly tag: string }>();
  /** What is on its way to Redis, and worth waiting for when all is closed. */
  readonly #pending = new Set<Promise<unknown>>();
  /** Whether this process hands over what others hold. */
  isClosing = false;

  constructor(host: GateHost, engine: GateEngine, capsOfNext: () => Caps | undefined) {
    this.#host = host;
    this.#engine = engine;
    this.#capsOfNext = capsOfNext;
  }

  // What the engine asks.

  nameSession(conversation: GateConversation): string {
    const held = this.#find(conversation);
    const id = `${held.tag}.${held.conversation}.${randomBytes(16).toString('base64url')}`;
    const caps = this.#capsOfNext();
    if (!caps) return id;
    const nowMs = this.#engine.clock.now();
    const { promise: told, resolve: onTold } = promised();
    const session: LocalSession = {
      id,
      held,
      idleMs: caps.idleMs,
      hardAtMs: nowMs + caps.hardMs,
      holdsAtMs: nowMs + caps.delayMs,
      isWork: caps.isWork,
      isTold: false,
      isTelling: false,
      isResting: false,
      touchedAtMs: nowMs,
      toldTouchAtMs: nowMs,
      told,
      onTold,
    };
    held.sessions.set(id, session);
    this.#sessions.set(id, session);
    if (caps.delayMs > 0) this.#engine.setTimer(() => this.#tell(held), caps.delayMs);
    // After the engine has asked for the first start, which tells of it, too.
    else queueMicrotask(() => this.#tell(held));
    return id;
  }

  joined(conversation: GateConversation): void {
    const held = this.#find(conversation);
    this.#mirror(held.tag).count(held.budget, 1);
  }

  left(conversation: GateConversation): void {
    const held = this.#find(conversation);
    const mirror = this.#mirror(held.tag);
    mirror.count(held.budget, -1);
    mirror.waiting.delete(conversation);
  }

  admit(
    conversation: GateConversation,
    use: StartUse,
    nowMs: number,
  ): Verdict | PromiseLike<Verdict> {
    const held = this.#find(conversation);
    const mirror = this.#mirror(held.tag);
    const heldMs = (mirror.heldUntilMs.get(held.budget) ?? -Infinity) - nowMs;
    if (heldMs > 0) return { verdict: 'wait', by: 'rate-limit', forMs: heldMs };
    const suspendedMs = mirror.suspendedUntilMs - nowMs;
    if (suspendedMs > 0) return this.#inTurn(held, use, suspendedMs);
    return this.#ask(held, use, this.#untold(held, nowMs));
  }

  report(conversation: GateConversation, admission: unknown, outcome: StartOutcome): void {
    const held = this.#find(conversation);
    // What comes back is what `admit` gave.
    const given = admission as Admission;
    const { account } = conversation;
    if (outcome === 'unsent' && account.budget) {
      const key = this.#host.reach.keys.budget(held.tag, held.budget);
      void this.#quietly(
        this.#host.reach.link.ask(() => this.#host.reach.link.client.lrem(key, 1, given.atMs)),
      );
    }
    const probe =
      given.trust === 'probe'
        ? probeNameOf(this.#host.reach.process, held.conversation, given.atMs)
        : '';
    if (outcome === 'unsent' || outcome === 'unanswered') {
      if (probe !== '') this.#judge(account, held.tag, 'given-up', probe);
      return;
    }
    if (outcome === 'accepted') {
      if (given.trust !== 'good') this.#judge(account, held.tag, 'accepted', probe);
      this.#noteAccepted(held, given);
      return;
    }
    const { sessions } = errorCodeRow(outcome.code);
    const isNoVerdict = sessions !== 'suspends-credential' && sessions !== 'ends-session';
    if (sessions === 'suspends-credential') this.#judge(account, held.tag, 'refused', probe);
    else if (given.trust !== 'good') {
      this.#judge(account, held.tag, isNoVerdict ? 'nothing' : 'accepted', probe);
    }
    // It is refused to all who hold it, wherever they are.
    if (sessions === 'ends-session' && given.use !== 'once' && given.use !== 'retry') {
      void this.#quietly(this.#host.reach.leaveAll(held));
    }
  }

  async beforeStop(conversation: GateConversation): Promise<StopVerdict> {
    const held = this.#find(conversation);
    const clearing = this.#clearings.get(held.conversation);
    if (clearing && (await clearing)) return 'cleared';
    return this.#fence(held, held.epoch);
  }

  async #fence(held: Held, epoch: number): Promise<StopVerdict> {
    const { host, where } = this.#where(held);
    const gone = [...held.sessions.values()]
      .filter(({ isResting }) => isResting)
      .map(({ id }) => id);
    const { isClosing } = this;
    const reply = await this.#track(
      host.link.run(fence, { ...where, nowMs: 0, gone, isClosing, epoch }),
    );
    switch (reply.says) {
      case 'stop':
      case 'raise':
        return reply.says;
      case 'handed-over':
        held.epoch = 0;
        await host.handOver({ ...placeOf(held), channel: reply.channel, target: reply.target });
        return 'elsewhere';
      case 'elsewhere':
        // It was claimed for this process while it was being asked about.
        if (reply.owner === host.process && reply.epoch !== epoch) {
          this.#own(held, reply.epoch);
          return this.#fence(held, reply.epoch);
        }
        held.epoch = 0;
        return 'elsewhere';
    }
  }

  forgotten(conversation: GateConversation): void {
    const held = this.#find(conversation);
    if (held.epoch > 0) void this.#quietly(this.#giveUp(held));
    else this.#drop(held);
    this.#answerAskers(held);
  }

  rateLimited(account: GateAccount, forMs: number): void {
    const { keys, link } = this.#host.reach;
    const tag = tagOfAccount(account);
    const budget = budgetNameOf(account.budgetKey);
    const mirror = this.#mirror(tag);
    const untilMs = this.#engine.clock.now() + forMs;
    mirror.heldUntilMs.set(budget, Math.max(mirror.heldUntilMs.get(budget) ?? 0, untilMs));
    void this.#quietly(link.run(hold, { nowMs: 0, heldKey: keys.held(tag, budget), forMs }));
  }

  paceMs({ account }: GateConversation): number {
    const { budget } = account;
    if (!budget) return 0;
    const mirror = this.#mirror(tagOfAccount(account));
    const count = mirror.conversations.get(budgetNameOf(account.budgetKey)) ?? 0;
    return (count * budget.perMs) / (budget.requests - Math.floor(budget.requests / 4));
  }

  pauseOf(account: GateAccount, nowMs: number): Pause | undefined {
    const mirror = this.#credentials.get(tagOfAccount(account));
    return mirror?.pauseOf(budgetNameOf(account.budgetKey), nowMs);
  }

  close(): void {
    for (const { alarm } of this.#credentials.values()) alarm?.cancel();
  }

  // What happens to sessions of this process.

  /** Hears what becomes of them. */
  onEvent(event: TypingEvent): void {
    const { type } = event;
    if (type === 'closed') {
      this.#end(event.sessionId);
    } else if (type === 'paused' || type === 'fallback') {
      this.#rest(event.sessionId);
    } else if (type === 'continued') {
      this.#goOn(event.sessionId);
    } else if (type === 'cleared' || type === 'expired') {
      const held = this.#heldBy(event.channel, event.conversation);
      if (held) this.#answerAskers(held);
    }
  }

  /** Settles when Redis knows of a session, or as soon as it has ended. */
  async told(id: string): Promise<void> {
    await this.#sessions.get(id)?.told;
  }

  touched(id: string): void {
    const session = this.#sessions.get(id);
    if (!session) return;
    session.touchedAtMs = this.#engine.clock.now();
    if (session.touchedAtMs - session.toldTouchAtMs > session.idleMs / 4) this.#renew(session);
  }

  /** Asks the owner of a conversation to clear it, and keeps the answer for whoever is about to stop it here. */
  askToClear(place: Place, owner: string): Promise<boolean> {
    const clearing = this.#host.reach.askToClear(place, owner);
    this.#clearings.set(place.conversation, clearing);
    void clearing.then(() => {
      if (this.#clearings.get(place.conversation) === clearing) {
        this.#clearings.delete(place.conversation);
      }
    });
    return clearing;
  }

  onHint(hint: Hint): void {
    switch (hint.hint) {
      case 'unheld': {
        const held = this.#held.get(hint.conversation);
        if (!held) {
          if (hint.nonce !== undefined) this.#sayCleared(hint.from, hint.nonce);
          return;
        }
        if (hint.nonce !== undefined) {
          const askers = this.#askers.get(held.conversation) ?? [];
          askers.push({ from: hint.from, nonce: hint.nonce });
          this.#askers.set(held.conversation, askers);
        }
        void this.#quietly(this.#endUnheld(held));
        return;
      }
      case 'come': {
        const held = this.#held.get(hint.conversation);
        if (held && held.epoch > 0 && held.sessions.size === 0) this.#adoptAgain(held);
        return;
      }
      case 'message': {
        const held = this.#held.get(hint.conversation);
        if (held) this.#engine.messageSent(held.known);
        return;
      }
      case 'end': {
        const ids = hint.ids ?? this.#held.get(hint.conversation)?.sessions.keys() ?? [];
        for (const id of ids) this.#host.endSession(id);
        return;
      }
      case 'touch': {
        const session = this.#sessions.get(hint.id);
        if (!session) return;
        // Redis knows it already.
        session.touchedAtMs = this.#engine.clock.now();
        session.toldTouchAtMs = session.touchedAtMs;
        this.#host.touchSession(hint.id);
        return;
      }
      case 'cleared':
      case 'sent':
        this.#host.reach.takeAnswer(hint);
        return;
      case 'credential':
        if (hint.from !== this.#host.reach.process) this.#heed(hint.tag, hint.says, hint.forMs);
        return;
      case 'inbound':
    }
  }

  /**
   * Goes on with a conversation of a process that is gone, or that has handed it over.
   *
   * @returns `false` where there is no such channel here.
   */
  adopt({ channel, conversation, epoch, target }: Adoptable, restored: Restored): boolean {
    const held = this.#held.get(conversation);
    if (held && held.known.holders > 0) {
      // It is held here, too, and waited for whoever showed it.
      if (epoch > 0) this.#own(held, epoch);
      this.#engine.wake(held.known, restored.nextStartInMs ?? 0);
      return true;
    }
    this.#claimed.set(conversation, epoch);
    const isAdopted = this.#engine.adopt(channel, JSON.parse(target), restored);
    this.#claimed.delete(conversation);
    return isAdopted;
  }

  /** Tells Redis what it may not know: from time to time, and when it forgot everything. */
  beat(hasForgotten: boolean): void {
    const nowMs = this.#engine.clock.now();
    if (hasForgotten) {
      this.#tagsTold.clear();
      for (const session of this.#sessions.values()) session.isTold = false;
    }
    let place = 0;
    for (const held of this.#held.values()) {
      const isKept = hasForgotten && held.epoch > 0;
      const isUntold = [...held.sessions.values()].some(
        ({ isResting, isTold }) => !isTold && !isResting,
      );
      if (!isUntold && !isKept) continue;
      const afterMs = Math.min((place += 1) * apartMs, longestSpreadMs);
      this.#engine.setTimer(() => this.#tell(held, isKept ? 'keep' : 'tell'), afterMs);
    }
    for (const session of this.#sessions.values()) {
      if (!session.isTold) continue;
      if (session.isWork) session.touchedAtMs = nowMs;
      const isNews = session.touchedAtMs > session.toldTouchAtMs;
      if (isNews && nowMs - session.toldTouchAtMs > session.idleMs / 4) this.#renew(session);
    }
  }

  /** Asks again for what another process showed, in case that nobody does any more. */
  lookAgain(withinMs: number): void {
    for (const { channel, tag } of this.#tagsTold.values()) {
      void this.#quietly(this.#tellTag(channel, tag));
    }
    for (const held of this.#held.values()) {
      if (!held.isElsewhere || held.sessions.size === 0) continue;
      this.#engine.wake(held.known, this.#engine.random() * withinMs);
    }
  }

  /** Settles when Redis has heard everything. */
  async drained(): Promise<void> {
    while (this.#pending.size > 0) await Promise.allSettled(this.#pending);
  }

  async #ask(
    held: Held,
    use: StartUse,
    holders: readonly ToldHolder[],
    isSecond = false,
  ): Promise<Verdict> {
    const host = this.#host.reach;
    const { account } = held.known;
    for (const { id } of holders) this.#markTelling(id, true);
    const toldInMs = use === 'refresh' ? held.intervalMs : 0;
    const isQueuing = use === 'start' || use === 'refresh';
    // First: whoever buries this process looks there for what it owns.
    if (isQueuing) this.#noteTag(held);
    const { epoch } = held;
    let reply: AdmitReply;
    try {
      reply = await host.link.run(admit, {
        ...held.standing,
        nowMs: 0,
        epoch,
        use,
        channel: held.channel,
        target: epoch > 0 && use === 'refresh' ? '' : JSON.stringify(held.known.target),
        requests: account.budget?.requests ?? 0,
        perMs: account.budget?.perMs ?? 0,
        dueInMs: toldInMs,
        visibleForMs: toldInMs > 0 ? held.lifetimeMs : 0,
        holders,
      });
    } finally {
      for (const { id } of holders) this.#markTelling(id, false);
    }
    this.#noteTold(held, holders);
    switch (reply.says) {
      case 'go':
        if (isQueuing) this.#own(held, reply.epoch);
        this.#mirror(held.tag).isSuspended &&= reply.trust !== 'good';
        return {
          verdict: 'go',
          admission: { use, trust: reply.trust, atMs: reply.nowMs, toldInMs } satisfies Admission,
        };
      case 'wait': {
        if (isQueuing) this.#own(held, reply.epoch);
        if (reply.by === 'credential') return this.#inTurn(held, use, reply.forMs);
        const mirror = this.#mirror(held.tag);
        const untilMs = this.#engine.clock.now() + reply.forMs;
        (reply.by === 'budget' ? mirror.spentUntilMs : mirror.heldUntilMs).set(
          held.budget,
          untilMs,
        );
        return { verdict: 'wait', by: reply.by, forMs: reply.forMs };
      }
      case 'shown':
        if (isQueuing) this.#own(held, reply.epoch);
        return { verdict: 'shown', visibleForMs: reply.forMs };
      case 'unheld': {
        const wasAway = host.link.awayAtMs > held.toldAtMs;
        const living = this.#living(held);
        if (isSecond || !wasAway || living.length === 0) return unheld;
        return this.#ask(held, use, living, true);
      }
      case 'forgot': {
        held.epoch = 0;
        this.#tagsTold.clear();
        const living = this.#living(held);
        if (isSecond) return unheld;
        return this.#ask(held, use, living.length > 0 ? living : [this.#grace], true);
      }
      case 'kept':
      case 'elsewhere':
      case 'told': {
        // It was claimed for this process while it was being asked for.
        const isStale = held.epoch !== epoch && held.epoch > 0;
        if (!isStale) held.epoch = 0;
        if (reply.says === 'kept') return elsewhere;
        const isMine = reply.owner === host.process || isStale;
        if (isMine && !isSecond) return this.#ask(held, use, [], true);
        if (isQueuing) held.isElsewhere = true;
        this.#sayCome(held, reply.owner, reply.before, holders);
        return elsewhere;
      }
    }
  }

  /** Tells Redis of sessions of which no start has told it. */
  #tell(held: Held, use: 'tell' | 'keep' = 'tell'): void {
    const holders = this.#untold(held, this.#engine.clock.now());
    if (holders.length > 0) void this.#quietly(this.#tellNow(held, holders, use));
    else if (use === 'keep' && held.sessions.size === 0) {
      void this.#quietly(this.#tellNow(held, [this.#grace], use));
    }
  }

  /** Stands for the sessions of other processes, until these have told of them themselves. */
  get #grace(): ToldHolder {
    return { id: `grace-${this.#host.reach.process}`, idleMs: graceMs, hardMs: graceMs };
  }

  async #tellNow(held: Held, holders: readonly ToldHolder[], use: 'tell' | 'keep'): Promise<void> {
    const host = this.#host.reach;
    const nowMs = this.#engine.clock.now();
    for (const { id } of holders) this.#markTelling(id, true);
    try {
      const reply = await this.#track(
        host.link.run(admit, {
          ...held.standing,
          nowMs: 0,
          epoch: held.epoch,
          use,
          channel: held.channel,
          target: JSON.stringify(held.known.target),
          requests: 0,
          perMs: 0,
          dueInMs: within(held.dueAtMs - nowMs),
          visibleForMs: within(held.visibleUntilMs - nowMs),
          holders,
        }),
      );
      this.#noteTold(held, holders);
      if (reply.says === 'kept') this.#own(held, reply.epoch);
      if (reply.says !== 'told') return;
      this.#sayCome(held, reply.owner, reply.before, holders);
    } finally {
      for (const { id } of holders) this.#markTelling(id, false);
    }
  }

  /** Somebody says that nobody holds a conversation any more: sees for itself. */
  async #endUnheld(held: Held): Promise<void> {
    if (this.#untold(held, this.#engine.clock.now()).length > 0) return;
    const { remaining } = await this.#host.reach.count(held);
    const isNew = [...held.sessions.values()].some(({ isTelling, isTold }) => isTelling || !isTold);
    if (remaining > 0 || isNew) return;
    for (const { id } of held.sessions.values()) this.#host.endSession(id);
    this.#engine.unheld(held.known);
    if (held.known.holders === 0 && held.epoch === 0) this.#answerAskers(held);
  }

  #sayCome(held: Held, owner: string, before: number, holders: readonly ToldHolder[]): void {
    const { hints, keys, process } = this.#host.reach;
    if (owner === '' || owner === process || before > 0 || holders.length === 0) return;
    hints.tell(keys.to(owner), { hint: 'come', ...placeOf(held) });
  }

  #untold(held: Held, nowMs: number): ToldHolder[] {
    const holders: ToldHolder[] = [];
    for (const session of held.sessions.values()) {
      const { isResting, isTelling, isTold, holdsAtMs } = session;
      if (isTold || isTelling || isResting || holdsAtMs > nowMs) continue;
      holders.push(asHolder(session, nowMs));
    }
    return holders;
  }

  #living(held: Held): ToldHolder[] {
    const nowMs = this.#engine.clock.now();
    return [...held.sessions.values()]
      .filter(({ holdsAtMs, isResting }) => !isResting && holdsAtMs <= nowMs)
      .map((session) => asHolder(session, nowMs));
  }

  #markTelling(id: string, isTelling: boolean): void {
    const session = this.#sessions.get(id);
    if (session) session.isTelling = isTelling;
  }

  #noteTold(held: Held, holders: readonly ToldHolder[]): void {
    held.toldAtMs = performance.now();
    const nowMs = this.#engine.clock.now();
    const late: string[] = [];
    for (const { id } of holders) {
      if (id === this.#grace.id) continue;
      const session = this.#sessions.get(id);
      if (!session || session.isResting) {
        late.push(id);
        continue;
      }
      session.isTold = true;
      session.toldTouchAtMs = nowMs;
      session.onTold();
    }
    // They have ended while Redis was being told of them.
    if (late.length > 0) void this.#quietly(this.#leave(held, late));
  }

  #own(held: Held, epoch: number): void {
    held.epoch = epoch;
    held.isElsewhere = false;
    this.#noteTag(held);
  }

  /** Says on which credential this process owns something: whoever buries it looks there. */
  #noteTag({ channel, tag }: Held): void {
    const told = `${channel} ${tag}`;
    if (this.#tagsTold.has(told)) return;
    this.#tagsTold.set(told, { channel, tag });
    void this.#quietly(this.#tellTag(channel, tag).catch(() => this.#tagsTold.delete(told)));
  }

  async #tellTag(channel: string, tag: string): Promise<void> {
    const { keys, link, process } = this.#host.reach;
    const key = keys.tagsOf(process, channel);
    await link.ask(() =>
      Promise.all([
        link.client.sadd(key, tag),
        link.client.pexpire(key, ownedMs),
        link.client.pexpire(keys.owned(tag, process, channel), ownedMs),
      ]),
    );
  }

  #inTurn(held: Held, use: StartUse, forMs: number): Verdict {
    if (use === 'once' || use === 'retry') return { verdict: 'wait', by: 'credential', forMs };
    const mirror = this.#mirror(held.tag);
    mirror.waiting.add(held.known);
    this.#setAlarm(mirror, forMs);
    return inTurn;
  }

  /** Lets one of those that wait for a credential ask again, and the next one a second later. */
  #setAlarm(mirror: CredentialMirror, afterMs: number): void {
    const atMs = this.#engine.clock.now() + afterMs;
    if (mirror.alarm && mirror.alarm.atMs <= atMs) return;
    mirror.alarm?.cancel();
    const timer = this.#engine.setTimer(() => {
      mirror.alarm = undefined;
      const [next] = mirror.waiting;
      if (!next) return;
      mirror.waiting.delete(next);
      this.#engine.wake(next, 0);
      if (mirror.waiting.size > 0) this.#setAlarm(mirror, 1_000);
    }, afterMs);
    mirror.alarm = { atMs, cancel: () => timer.cancel() };
  }

  #judge(account: GateAccount, tag: string, verdict: JudgeGiven['verdict'], probe: string): void {
    const { hints, keys, link, process } = this.#host.reach;
    const given = { nowMs: 0, credentialKey: keys.credential(tag), verdict, probe };
    const judged = link.run(judge, given).then((reply) => {
      if (reply.says === 'nothing') return;
      if (reply.says === 'again') {
        this.#setAlarm(this.#mirror(tag), reply.forMs);
        return;
      }
      const forMs = reply.says === 'suspended' ? reply.forMs : 0;
      this.#heed(tag, reply.says, forMs, account);
      hints.tell(keys.about(tag), {
        hint: 'credential',
        tag,
        from: process,
        says: reply.says,
        forMs,
      });
    });
    void this.#quietly(this.#track(judged));
  }

  /** Does what follows from what somebody has found out about a credential. */
  #heed(
    tag: string,
    says: 'suspended' | 'resumed' | 'proved',
    forMs: number,
    account: GateAccount | undefined = this.#accountOn(tag),
  ): void {
    const mirror = this.#mirror(tag);
    if (says === 'suspended') {
      mirror.isSuspended = true;
      mirror.suspendedUntilMs = this.#engine.clock.now() + forMs;
      mirror.alarm?.cancel();
      mirror.alarm = undefined;
      if (mirror.waiting.size > 0) this.#setAlarm(mirror, forMs);
      if (account) this.#engine.suspended(account, forMs);
      return;
    }
    const wasSuspended = mirror.isSuspended;
    mirror.isSuspended = false;
    mirror.suspendedUntilMs = -Infinity;
    if (wasSuspended && account) this.#engine.resumed(account);
    const waiting = [...mirror.waiting];
    mirror.waiting.clear();
    // A vendor that has just come back is not to be stormed.
    waiting.forEach((conversation, place) =>
      this.#engine.wake(
        conversation,
        Math.min(place * (wasSuspended ? apartMs : 1), longestSpreadMs),
      ),
    );
  }

  #accountOn(tag: string): GateAccount | undefined {
    for (const held of this.#held.values()) if (held.tag === tag) return held.known.account;
    return undefined;
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
    const { host, where } = this.#where(held);
    void this.#quietly(
      host.link.run(note, {
        ...where,
        nowMs: 0,
        epoch: held.epoch,
        dueInMs: within(nextStartAtMs - nowMs),
        visibleForMs: within(visibleUntilMs - nowMs),
      }),
    );
  }

  #renew(session: LocalSession): void {
    session.toldTouchAtMs = this.#engine.clock.now();
    const { host, where } = this.#where(session.held);
    void this.#quietly(
      host.link.run(touch, { ...where, nowMs: 0, id: session.id }).then(({ isAlive }) => {
        // It has outlived what Redis knew of it.
        if (!isAlive && this.#sessions.has(session.id)) session.isTold = false;
      }),
    );
  }

  #end(id: string): void {
    const session = this.#sessions.get(id);
    if (!session) return;
    const { held } = session;
    this.#sessions.delete(id);
    held.sessions.delete(id);
    session.onTold();
    if (session.isTold) void this.#quietly(this.#leave(held, [id]));
  }

  #rest(id: string): void {
    const session = this.#sessions.get(id);
    if (!session || session.isResting) return;
    session.isResting = true;
    if (session.isTold) void this.#quietly(this.#leave(session.held, [id]));
    session.isTold = false;
  }

  #goOn(id: string): void {
    const session = this.#sessions.get(id);
    if (!session) return;
    session.isResting = false;
    queueMicrotask(() => this.#tell(session.held));
  }

  async #leave(held: Held, ids: readonly string[]): Promise<void> {
    const { host, where } = this.#where(held);
    let reply: LeaveReply;
    try {
      reply = await this.#track(host.link.run(leave, { ...where, nowMs: 0, ids }));
    } catch {
      // Nobody else knows that they have ended.
      host.owe(() => this.#leave(held, ids));
      return;
    }
    const { owner, remaining } = reply;
    const isMine = owner === host.process;
    if (remaining > 0) {
      // Others hold it, and it is this process that refreshes it.
      if (isMine && held.sessions.size === 0 && !this.isClosing) this.#adoptAgain(held);
      return;
    }
    if (owner !== '' && owner !== host.process) {
      host.hints.tell(host.keys.to(owner), {
        hint: 'unheld',
        from: host.process,
        ...placeOf(held),
      });
    }
  }

  /** Refreshes for others what this process owns, and nobody here holds any more. */
  #adoptAgain(held: Held): void {
    const nowMs = this.#engine.clock.now();
    if (held.known.holders > 0) return;
    this.#engine.adopt(held.channel, held.known.target, {
      nextStartInMs: Math.max(0, within(held.dueAtMs - nowMs)),
      visibleForMs: Math.max(0, within(held.visibleUntilMs - nowMs)),
    });
  }

  async #giveUp(held: Held): Promise<void> {
    const { host, where } = this.#where(held);
    const { epoch, known } = held;
    const reply = await this.#track(
      host.link.run(forget, { ...where, nowMs: 0, epoch, isClosing: this.isClosing }),
    );
    // The engine has made it anew meanwhile.
    if (held.epoch !== epoch || held.known !== known) return;
    switch (reply.says) {
      case 'held':
        this.#engine.adopt(held.channel, held.known.target, {});
        return;
      case 'handed-over':
        await host.handOver({ ...placeOf(held), channel: reply.channel, target: reply.target });
        break;
      case 'given-up':
    }
    held.epoch = 0;
    this.#drop(held);
  }

  #drop(held: Held): void {
    if (held.sessions.size > 0 || held.epoch > 0) return;
    this.#held.delete(held.conversation);
  }

  #answerAskers(held: Held): void {
    for (const { from, nonce } of this.#askers.get(held.conversation) ?? []) {
      this.#sayCleared(from, nonce);
    }
    this.#askers.delete(held.conversation);
  }

  #sayCleared(to: string, nonce: string): void {
    const { hints, keys } = this.#host.reach;
    hints.tell(keys.to(to), { hint: 'cleared', nonce });
  }

  #heldBy(channel: string, key: string | undefined): Held | undefined {
    return key === undefined ? undefined : this.#held.get(conversationNameOf(channel, key));
  }

  #find(conversation: GateConversation): Held {
    const known = this.#heldOf.get(conversation);
    if (known) {
      // The engine may have forgotten it, and joined it again.
      known.known = conversation;
      if (!this.#held.has(known.conversation)) this.#held.set(known.conversation, known);
      return known;
    }
    const { account, key } = conversation;
    const name = conversationNameOf(account.channel, key);
    const tag = tagOfAccount(account);
    let held = this.#held.get(name);
    if (held && held.tag === tag) {
      held.known = conversation;
    } else {
      const place = { tag, conversation: name };
      const budget = budgetNameOf(account.budgetKey);
      const { keys } = this.#host.reach;
      held = new Held(conversation, place, budget, {
        ...this.#host.reach.where(place, account.channel),
        credentialKey: keys.credential(tag),
        heldKey: keys.held(tag, budget),
        budgetKey: keys.budget(tag, budget),
      });
      this.#held.set(name, held);
    }
    const epoch = this.#claimed.get(name);
    if (epoch !== undefined && epoch > 0) this.#own(held, epoch);
    this.#heldOf.set(conversation, held);
    return held;
  }

  #mirror(tag: string): CredentialMirror {
    let mirror = this.#credentials.get(tag);
    if (!mirror) {
      mirror = new CredentialMirror(tag);
      this.#credentials.set(tag, mirror);
      void this.#host.reach.hints.listen(this.#host.reach.keys.about(tag));
    }
    return mirror;
  }

  /** What most scripts want to know. */
  #where({ epoch, standing }: Held) {
    return { host: this.#host.reach, where: { ...standing, epoch } };
  }

  #track<Value>(promise: Promise<Value>): Promise<Value> {
    this.#pending.add(promise);
    void promise.catch(() => {}).finally(() => this.#pending.delete(promise));
    return promise;
  }

  /** What cannot be told now is told again, or found out by whoever looks next. */
  async #quietly(promise: Promise<unknown>): Promise<void> {
    try {
      await this.#track(promise);
    } catch {
      // The link has said that Redis is away.
    }
  }
}

/** A conversation that nobody owns, and that this process is asked to go on with. */
export interface Adoptable {
  readonly conversation: string;
  readonly epoch: number;
  readonly channel: string;
  readonly target: string;
}

/** What a conversation types on, as all processes name it. */
function tagOfAccount({ channel, credential, provider }: GateAccount): string {
  return tagOf(typeof credential === 'string' ? credential : `${channel} ${provider}`);
}

function placeOf({ conversation, tag }: Place): Place {
  return { tag, conversation };
}

function asHolder({ hardAtMs, id, idleMs }: LocalSession, nowMs: number): ToldHolder {
  return { id, idleMs, hardMs: Math.max(1, Math.round(hardAtMs - nowMs)) };
}

/** A promise, and what settles it. */
function promised(): { readonly promise: Promise<void>; readonly resolve: () => void } {
  let settle: (() => void) | undefined;
  const promise = new Promise<void>((resolve) => {
    settle = resolve;
  });
  return { promise, resolve: () => settle?.() };
}

function within(ms: number): number {
  return Math.round(Math.min(Math.max(ms, 0), longestMs));
}
