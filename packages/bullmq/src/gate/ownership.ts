import type { GateEngine, Restored, StopVerdict } from '@typingkit/core';
import type { Place } from '../keys.ts';
import type { Reach } from '../reach.ts';
import { fence } from '../scripts/fence.ts';
import { forget } from '../scripts/forget.ts';
import { ownedMs } from '../scripts/script.ts';
import type { Errands } from './errands.ts';
import type { Held } from './held.ts';
import type { HeldTable } from './held-table.ts';

/** A conversation that nobody owns, and that this process is asked to go on with. */
export interface Adoptable {
  readonly conversation: string;
  readonly epoch: number;
  readonly channel: string;
  readonly target: string;
}

/** How long a bubble without an end is believed to last, in milliseconds. */
const longestMs = 86_400_000;

/** Which conversations this process refreshes: how it comes to them, and how it lets go of them. */
export class Ownership {
  readonly #reach: Reach;
  readonly #engine: GateEngine;
  readonly #table: HeldTable;
  readonly #errands: Errands;
  /** What was claimed for this process, and that its engine has not joined yet. */
  readonly #claimed = new Map<string, number>();
  /** Who asked for a conversation to be cleared. */
  readonly #askers = new Map<string, { readonly from: string; readonly nonce: string }[]>();
  /** Whether owners elsewhere have cleared what they were asked to clear. */
  readonly #clearings = new Map<string, Promise<boolean>>();
  readonly #tagsTold = new Map<string, { readonly channel: string; readonly tag: string }>();
  /** Whether this process hands over what others hold. */
  isClosing = false;

  constructor(reach: Reach, engine: GateEngine, table: HeldTable, errands: Errands) {
    this.#reach = reach;
    this.#engine = engine;
    this.#table = table;
    this.#errands = errands;
  }

  own(held: Held, epoch: number): void {
    held.epoch = epoch;
    held.isElsewhere = false;
    this.announce(held);
  }

  /** What was claimed for this process before its engine knew of it. */
  takeClaim(held: Held): void {
    const epoch = this.#claimed.get(held.conversation);
    if (epoch !== undefined && epoch > 0) this.own(held, epoch);
  }

  /** Says on which credential this process owns something: whoever buries it looks there. */
  announce({ channel, tag }: Held): void {
    const told = `${channel} ${tag}`;
    if (this.#tagsTold.has(told)) return;
    this.#tagsTold.set(told, { channel, tag });
    const telling = this.#tellTag(channel, tag).catch(() => this.#tagsTold.delete(told));
    void this.#errands.quietly(telling);
  }

  /** Redis may have forgotten on which credentials this process owns something. */
  forgetTags(): void {
    this.#tagsTold.clear();
  }

  announceAgain(): void {
    for (const { channel, tag } of this.#tagsTold.values()) {
      void this.#errands.quietly(this.#tellTag(channel, tag));
    }
  }

  /** Says whether a stop goes out. */
  async beforeStop(held: Held): Promise<StopVerdict> {
    const clearing = this.#clearings.get(held.conversation);
    if (clearing && (await clearing)) return 'cleared';
    return this.#fence(held, held.epoch);
  }

  /** The engine knows nothing of a conversation any more. */
  forgotten(held: Held): void {
    if (held.epoch > 0) void this.#errands.quietly(this.#giveUp(held));
    else this.#table.drop(held);
    this.answerAskers(held);
  }

  /**
   * Goes on with a conversation of a process that is gone, or that has handed it over.
   *
   * @returns `false` where there is no such channel here.
   */
  adopt({ channel, conversation, epoch, target }: Adoptable, restored: Restored): boolean {
    const held = this.#table.named(conversation);
    if (held && held.known.holders > 0) {
      // It is held here, too, and waited for whoever showed it.
      if (epoch > 0) this.own(held, epoch);
      this.#engine.wake(held.known, restored.nextStartInMs ?? 0);
      return true;
    }
    this.#claimed.set(conversation, epoch);
    const isAdopted = this.#engine.adopt(channel, JSON.parse(target), restored);
    this.#claimed.delete(conversation);
    return isAdopted;
  }

  /** Refreshes for others what this process owns, and nobody here holds any more. */
  adoptAgain(held: Held): void {
    if (held.known.holders > 0) return;
    const nowMs = this.#engine.clock.now();
    this.#engine.adopt(held.channel, held.known.target, {
      nextStartInMs: within(held.dueAtMs - nowMs),
      visibleForMs: within(held.visibleUntilMs - nowMs),
    });
  }

  /** Asks the owner of a conversation to clear it, and keeps the answer for whoever is about to stop it here. */
  askToClear(place: Place, owner: string): Promise<boolean> {
    const clearing = this.#reach.askToClear(place, owner);
    this.#clearings.set(place.conversation, clearing);
    void clearing.then(() => {
      if (this.#clearings.get(place.conversation) === clearing) {
        this.#clearings.delete(place.conversation);
      }
    });
    return clearing;
  }

  /** Somebody waits until a conversation is cleared. */
  noteAsker(held: Held, from: string, nonce: string): void {
    const askers = this.#askers.get(held.conversation) ?? [];
    askers.push({ from, nonce });
    this.#askers.set(held.conversation, askers);
  }

  answerAskers(held: Held): void {
    for (const { from, nonce } of this.#askers.get(held.conversation) ?? []) {
      this.sayCleared(from, nonce);
    }
    this.#askers.delete(held.conversation);
  }

  sayCleared(to: string, nonce: string): void {
    const { hints, keys } = this.#reach;
    hints.tell(keys.to(to), { hint: 'cleared', nonce });
  }

  async #fence(held: Held, epoch: number): Promise<StopVerdict> {
    const gone = [...held.sessions.values()]
      .filter(({ isResting }) => isResting)
      .map(({ id }) => id);
    const { isClosing } = this;
    const reply = await this.#errands.track(
      this.#reach.link.run(fence, { ...held.standing, nowMs: 0, gone, isClosing, epoch }),
    );
    switch (reply.says) {
      case 'stop':
      case 'raise':
        return reply.says;
      case 'handed-over':
        held.epoch = 0;
        await this.#handOver(held, reply);
        return 'elsewhere';
      case 'elsewhere':
        // It was claimed for this process while it was being asked about.
        if (reply.owner === this.#reach.process && reply.epoch !== epoch) {
          this.own(held, reply.epoch);
          return this.#fence(held, reply.epoch);
        }
        held.epoch = 0;
        return 'elsewhere';
    }
  }

  async #giveUp(held: Held): Promise<void> {
    const { epoch, known, standing } = held;
    const { isClosing } = this;
    const reply = await this.#errands.track(
      this.#reach.link.run(forget, { ...standing, nowMs: 0, epoch, isClosing }),
    );
    // The engine has made it anew meanwhile.
    if (held.epoch !== epoch || held.known !== known) return;
    switch (reply.says) {
      case 'held':
        this.#engine.adopt(held.channel, held.known.target, {});
        return;
      case 'handed-over':
        await this.#handOver(held, reply);
        break;
      case 'given-up':
    }
    held.epoch = 0;
    this.#table.drop(held);
  }

  #handOver(
    { conversation, tag }: Place,
    { channel, target }: { readonly channel: string; readonly target: string },
  ): Promise<void> {
    return this.#reach.handOver({ tag, conversation, channel, target });
  }

  async #tellTag(channel: string, tag: string): Promise<void> {
    const { keys, link, process } = this.#reach;
    const key = keys.tagsOf(process, channel);
    await link.ask(() =>
      Promise.all([
        link.client.sadd(key, tag),
        link.client.pexpire(key, ownedMs),
        link.client.pexpire(keys.owned(tag, process, channel), ownedMs),
      ]),
    );
  }
}

/** A span as scripts take it. */
export function within(ms: number): number {
  return Math.round(Math.min(Math.max(ms, 0), longestMs));
}
