import type { SessionUpdate } from '@typingkit/core';
import { addressOf, type SessionAddress } from './keys.ts';
import type { Reach } from './reach.ts';
import { checkedWishes } from './wishes.ts';

/** What any process may do to a session whose id it has, wherever the session was opened. */
export interface AnywhereSession {
  readonly id: string;
  /** Says that the work makes progress: `idleTimeoutMs` counts from now. */
  touch(): void;
  /** Says that a message went out, which cleared the indicator. It is raised again after a second. */
  messageSent(): void;
  /**
   * Says what the work is doing: whoever shows the indicator shows that, too, where the vendor can. It is a sign of life.
   * The last one who spoke is heard.
   */
  update(update: SessionUpdate): void;
  /**
   * Ends the session. Settles, and never rejects: where it was the last one of its conversation, when the process that
   * shows the indicator has cleared it, and after a second at most.
   */
  stop(): Promise<void>;
}

/** A session that another process has opened. */
class DistantSession implements AnywhereSession {
  readonly id: string;
  readonly #reach: Reach;
  readonly #address: SessionAddress;

  constructor(reach: Reach, address: SessionAddress) {
    this.#reach = reach;
    this.#address = address;
    this.id = address.id;
  }

  touch(): void {
    quietly(this.#reach.touch(this.#address));
  }

  messageSent(): void {
    quietly(this.#reach.message(this.#address, this.id));
  }

  update(update: SessionUpdate): void {
    quietly(this.#reach.wish(this.#address, checkedWishes(update)));
  }

  async stop(): Promise<void> {
    await this.#reach.stopOrOwe(this.#address);
  }
}

/** @returns `undefined` where the id is not one of a shared session. */
export function distantSession(reach: Reach, id: string): AnywhereSession | undefined {
  const address = addressOf(id);
  return address && new DistantSession(reach, address);
}

/** What cannot be told now is not told: the link has said that Redis is away. */
export function quietly(telling: Promise<unknown>): void {
  telling.catch(() => {});
}
