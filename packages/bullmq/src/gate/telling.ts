import type { GateEngine } from '@typingkit/core';
import type { Reach } from '../reach.ts';
import { admit, type ToldHolder } from '../scripts/admit.ts';
import { leave, type LeaveReply } from '../scripts/leave.ts';
import { memberOf } from '../scripts/script.ts';
import { touch } from '../scripts/touch.ts';
import type { Errands } from './errands.ts';
import type { Held, LocalSession } from './held.ts';
import type { HeldTable } from './held-table.ts';
import { type Ownership, within } from './ownership.ts';

/** How a session lives that is about to be opened. */
export interface Caps {
  readonly idleMs: number;
  readonly hardMs: number;
  readonly delayMs: number;
  readonly isWork: boolean;
}

/** How long the sessions of other processes have to say that they are there, where Redis forgot them, in milliseconds. */
const graceMs = 10_000;
/** How far apart Redis is told where it forgot everything, and over how much time at the most, in milliseconds. */
const apartMs = 5;
const longestSpreadMs = 5_000;

/** Tells Redis of the sessions of this process: that they are there, that they live, and that they have ended. */
export class Telling {
  readonly #reach: Reach;
  readonly #engine: GateEngine;
  readonly #table: HeldTable;
  readonly #errands: Errands;
  readonly #ownership: Ownership;
  readonly #sessions = new Map<string, LocalSession>();

  constructor(
    reach: Reach,
    engine: GateEngine,
    table: HeldTable,
    errands: Errands,
    ownership: Ownership,
  ) {
    this.#reach = reach;
    this.#engine = engine;
    this.#table = table;
    this.#errands = errands;
    this.#ownership = ownership;
  }

  session(id: string): LocalSession | undefined {
    return this.#sessions.get(id);
  }

  begin(id: string, held: Held, { delayMs, hardMs, idleMs, isWork }: Caps): void {
    const nowMs = this.#engine.clock.now();
    const { promise: told, resolve: onTold } = promised();
    const session: LocalSession = {
      id,
      held,
      idleMs,
      hardAtMs: nowMs + hardMs,
      holdsAtMs: nowMs + delayMs,
      isWork,
      isTold: false,
      wasTold: false,
      isTelling: false,
      isResting: false,
      touchedAtMs: nowMs,
      toldTouchAtMs: nowMs,
      told,
      onTold,
    };
    held.sessions.set(id, session);
    this.#sessions.set(id, session);
    if (delayMs > 0) this.#engine.setTimer(() => this.#tell(held), delayMs);
    // After the engine has asked for the first start, which tells of it, too.
    else queueMicrotask(() => this.#tell(held));
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

  /** Somebody else has touched it, and told Redis. */
  wasTouched(id: string): boolean {
    const session = this.#sessions.get(id);
    if (!session) return false;
    session.touchedAtMs = this.#engine.clock.now();
    session.toldTouchAtMs = session.touchedAtMs;
    return true;
  }

  end(id: string): void {
    const session = this.#sessions.get(id);
    if (!session) return;
    const { held } = session;
    this.#sessions.delete(id);
    held.sessions.delete(id);
    session.onTold();
    if (session.wasTold) void this.#errands.quietly(this.#leave(held, [id]));
  }

  rest(id: string): void {
    const session = this.#sessions.get(id);
    if (!session || session.isResting) return;
    session.isResting = true;
    if (session.isTold) void this.#errands.quietly(this.#leave(session.held, [id]));
    session.isTold = false;
  }

  goOn(id: string): void {
    const session = this.#sessions.get(id);
    if (!session) return;
    session.isResting = false;
    queueMicrotask(() => this.#tell(session.held));
  }

  /** Tells Redis what it may not know: from time to time, and when it forgot everything. */
  beat(hasForgotten: boolean): void {
    const nowMs = this.#engine.clock.now();
    if (hasForgotten) {
      this.#ownership.forgetTags();
      for (const session of this.#sessions.values()) session.isTold = false;
    }
    let place = 0;
    for (const held of this.#table.all()) {
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

  /** The sessions of a conversation that Redis has not been told of. */
  untold(held: Held): ToldHolder[] {
    const nowMs = this.#engine.clock.now();
    const holders: ToldHolder[] = [];
    for (const session of held.sessions.values()) {
      const { isResting, isTelling, isTold, holdsAtMs } = session;
      if (isTold || isTelling || isResting || holdsAtMs > nowMs) continue;
      holders.push(asHolder(session, nowMs));
    }
    return holders;
  }

  /** All of its sessions that hold it. */
  living(held: Held): ToldHolder[] {
    const nowMs = this.#engine.clock.now();
    return [...held.sessions.values()]
      .filter(({ holdsAtMs, isResting }) => !isResting && holdsAtMs <= nowMs)
      .map((session) => asHolder(session, nowMs));
  }

  /**
   * Those that live on here, though Redis believes that their time is over: while it was away nobody could tell it of a
   * sign of life. What was ended elsewhere has left no trace there.
   */
  async outlived(held: Held): Promise<ToldHolder[]> {
    const living = this.living(held);
    if (living.length === 0) return [];
    const { link } = this.#reach;
    const { conversationKey } = held.standing;
    const fields = living.map(({ id }) => `i:${memberOf(id)}`);
    const known = await link.ask(() => link.client.hmget(conversationKey, ...fields));
    return living.filter((_, place) => typeof known[place] === 'string');
  }

  /** Stands for the sessions of other processes, until these have told of them themselves. */
  get grace(): ToldHolder {
    return { id: `grace-${this.#reach.process}`, idleMs: graceMs, hardMs: graceMs };
  }

  markTelling(holders: readonly ToldHolder[], isTelling: boolean): void {
    for (const { id } of holders) {
      const session = this.#sessions.get(id);
      if (session) session.isTelling = isTelling;
    }
  }

  noteTold(held: Held, holders: readonly ToldHolder[]): void {
    held.toldAtMs = performance.now();
    if (holders.length === 0) return;
    const nowMs = this.#engine.clock.now();
    const late: string[] = [];
    for (const { id } of holders) {
      if (id === this.grace.id) continue;
      const session = this.#sessions.get(id);
      if (!session || session.isResting) {
        late.push(id);
        continue;
      }
      session.isTold = true;
      session.wasTold = true;
      session.toldTouchAtMs = nowMs;
      session.onTold();
    }
    // They have ended while Redis was being told of them.
    if (late.length > 0) void this.#errands.quietly(this.#leave(held, late));
  }

  /** Tells the owner of a conversation that somebody holds it again. */
  sayCome(
    { conversation, tag }: Held,
    { owner, wasHeld }: { readonly owner: string; readonly wasHeld: boolean },
    holders: readonly ToldHolder[],
  ): void {
    const { hints, keys, process } = this.#reach;
    if (owner === '' || owner === process || wasHeld || holders.length === 0) return;
    hints.tell(keys.to(owner), { hint: 'come', tag, conversation });
  }

  /** Tells Redis of sessions of which no start has told it. */
  #tell(held: Held, use: 'tell' | 'keep' = 'tell'): void {
    const holders = this.untold(held);
    if (holders.length > 0) void this.#errands.quietly(this.#tellNow(held, holders, use));
    else if (use === 'keep' && held.sessions.size === 0) {
      void this.#errands.quietly(this.#tellNow(held, [this.grace], use));
    }
  }

  async #tellNow(held: Held, holders: readonly ToldHolder[], use: 'tell' | 'keep'): Promise<void> {
    const nowMs = this.#engine.clock.now();
    this.markTelling(holders, true);
    try {
      const reply = await this.#errands.track(
        this.#reach.link.run(admit, {
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
      this.noteTold(held, holders);
      if (reply.says === 'kept') this.#ownership.own(held, reply.epoch);
      if (reply.says === 'told') this.sayCome(held, reply, holders);
    } finally {
      this.markTelling(holders, false);
    }
  }

  #renew(session: LocalSession): void {
    session.toldTouchAtMs = this.#engine.clock.now();
    const { conversationKey } = session.held.standing;
    const given = { nowMs: 0, conversationKey, id: session.id };
    void this.#errands.quietly(
      this.#reach.link.run(touch, given).then(({ isAlive }) => {
        // It has outlived what Redis knew of it.
        if (!isAlive && this.#sessions.has(session.id)) session.isTold = false;
      }),
    );
  }

  async #leave(held: Held, ids: readonly string[]): Promise<void> {
    const { hints, keys, link, process } = this.#reach;
    const { conversation, standing, tag } = held;
    let reply: LeaveReply;
    try {
      const given = { nowMs: 0, conversationKey: standing.conversationKey, ids };
      reply = await this.#errands.track(link.run(leave, given));
    } catch {
      // Nobody else knows that they have ended.
      this.#reach.owe(() => this.#leave(held, ids));
      return;
    }
    const { isHeld, owner, wasSpeaker } = reply;
    const place = { tag, conversation };
    if (owner === process) {
      if (!isHeld) {
        // What it wished for others, as their owner, holds nothing any more.
        if (held.sessions.size === 0) this.#engine.unheld(held.known);
      } else if (held.sessions.size === 0 && !this.#ownership.isClosing) {
        // Others hold it, and it is this process that refreshes it.
        this.#ownership.adoptAgain(held);
      }
      return;
    }
    if (owner === '') return;
    if (!isHeld) hints.tell(keys.to(owner), { hint: 'unheld', from: process, ...place });
    else if (wasSpeaker) hints.tell(keys.to(owner), { hint: 'wish', wishes: {}, ...place });
  }
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
