/// <reference lib="esnext.disposable" preserve="true" />
import type { SessionUpdate } from '@typingkit/core';
import { randomBytes } from 'node:crypto';
import type { Located } from './addresses.ts';
import { type AnywhereSession, quietly } from './anywhere-session.ts';
import { atMost } from './at-most.ts';
import type { Reach } from './reach.ts';
import { admit } from './scripts/admit.ts';
import { checkedWishes } from './wishes.ts';

/** A session that this process has opened, and that others show. */
export interface RemoteSession extends AnywhereSession, AsyncDisposable {
  /**
   * Settles, and never rejects, when Redis knows of the session, after a second at most: from then on this process may
   * freeze, or end.
   */
  readonly opened: Promise<void>;
}

/** How such a session lives, in milliseconds. */
export interface RemoteCaps {
  readonly idleMs: number;
  readonly hardMs: number;
  /** Whether it stands around work, which is a sign of life. */
  readonly isWork: boolean;
}

/** How long `opened` waits for Redis, in milliseconds. */
const patienceMs = 1_000;

/** One that this process tells of, and tells of again where Redis forgot it. */
export class OpenedSession implements RemoteSession {
  readonly id: string;
  readonly opened: Promise<void>;
  readonly #reach: Reach;
  readonly #located: Located;
  readonly #caps: RemoteCaps;
  readonly #hardAtMs: number;
  #touchedAtMs: number;
  #toldAtMs = -Infinity;
  #isOver = false;

  constructor(reach: Reach, located: Located, caps: RemoteCaps) {
    const { conversation, tag } = located;
    this.id = `${tag}.${conversation}.${randomBytes(16).toString('base64url')}`;
    this.#reach = reach;
    this.#located = located;
    this.#caps = caps;
    this.#touchedAtMs = performance.now();
    this.#hardAtMs = this.#touchedAtMs + caps.hardMs;
    this.opened = atMost(this.#tell(), patienceMs);
  }

  /** Whether nothing is left to tell of it. */
  get isOver(): boolean {
    const idleEndMs = this.#touchedAtMs + this.#caps.idleMs;
    return this.#isOver || performance.now() >= Math.min(idleEndMs, this.#hardAtMs);
  }

  touch(): void {
    this.#touchedAtMs = performance.now();
    this.#renew();
  }

  messageSent(): void {
    this.#touchedAtMs = performance.now();
    quietly(this.#reach.message(this.#address, this.id));
  }

  update(update: SessionUpdate): void {
    const wishes = checkedWishes(update);
    this.#touchedAtMs = performance.now();
    // What Redis does not know yet cannot speak.
    quietly(this.opened.then(() => this.#reach.wish(this.#address, wishes)));
  }

  async stop(): Promise<void> {
    this.#isOver = true;
    await this.opened;
    await this.#reach.stopOrOwe(this.#address);
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.stop();
  }

  /** Whether a hint about sessions is about this one, too. Without ids: it is about all of the conversation. */
  isNamedBy({
    conversation,
    ids,
  }: {
    readonly conversation: string;
    readonly ids?: readonly string[];
  }): boolean {
    return ids?.includes(this.id) ?? conversation === this.#located.conversation;
  }

  /** Another process has ended it. */
  end(): void {
    this.#isOver = true;
  }

  /** Tells what Redis may not know. */
  beat(hasForgotten: boolean): void {
    if (this.#caps.isWork) this.#touchedAtMs = performance.now();
    if (hasForgotten || this.#toldAtMs === -Infinity) quietly(this.#tell());
    else if (this.#touchedAtMs > this.#toldAtMs) this.#renew();
  }

  /** Says that it was touched, unless that was said just now. A heartbeat is no sign of life: only the caller's touch is. */
  #renew(): void {
    const nowMs = performance.now();
    if (nowMs - this.#toldAtMs < this.#caps.idleMs / 4) return;
    this.#toldAtMs = nowMs;
    quietly(this.#touchNow());
  }

  async #touchNow(): Promise<void> {
    const { isAlive, owner } = await this.#reach.touch(this.#address);
    if (this.isOver) return;
    // Whoever showed it has lost it.
    if (isAlive && owner === '') await this.#tell();
    // What stands around work has outlived what Redis knew of it. Any other one has ended elsewhere.
    else if (!isAlive && this.#caps.isWork) await this.#tell();
  }

  async #tell(): Promise<void> {
    const { budget, channel, conversation, tag, target } = this.#located;
    const { hints, keys, link, process } = this.#reach;
    const place = { tag, conversation };
    const asJson = JSON.stringify(target);
    const nowMs = performance.now();
    const reply = await link.run(admit, {
      ...this.#reach.where(place, channel),
      nowMs: 0,
      credentialKey: keys.credential(tag),
      budgetKey: keys.budget(tag, budget),
      budget,
      use: 'tell',
      channel,
      target: asJson,
      requests: 0,
      perMs: 0,
      dueInMs: 0,
      visibleForMs: 0,
      holders: [
        {
          id: this.id,
          idleMs: this.#caps.idleMs,
          hardMs: Math.max(1, Math.round(this.#hardAtMs - nowMs)),
        },
      ],
    });
    this.#toldAtMs = nowMs;
    if (reply.says !== 'told') return;
    if (reply.owner === '') await this.#reach.handOver({ ...place, channel, target: asJson });
    else if (!reply.wasHeld && reply.owner !== process) {
      hints.tell(keys.to(reply.owner), { hint: 'come', ...place });
    }
  }

  get #address() {
    const { conversation, tag } = this.#located;
    return { tag, conversation, id: this.id };
  }
}
