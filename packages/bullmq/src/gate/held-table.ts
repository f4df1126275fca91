import type { GateAccount, GateConversation } from '@typingkit/core';
import { budgetNameOf, conversationNameOf, tagOf } from '../keys.ts';
import type { Reach } from '../reach.ts';
import { Held } from './held.ts';

/** The conversations of this process, found by what the engine knows of them, and by their names in Redis. */
export class HeldTable {
  readonly #reach: Reach;
  readonly #named = new Map<string, Held>();
  readonly #known = new WeakMap<GateConversation, Held>();

  constructor(reach: Reach) {
    this.#reach = reach;
  }

  of(conversation: GateConversation): Held {
    const known = this.#known.get(conversation);
    if (known) {
      // The engine may have forgotten it, and joined it again.
      known.known = conversation;
      if (!this.#named.has(known.conversation)) this.#named.set(known.conversation, known);
      return known;
    }
    const { account, key } = conversation;
    const name = conversationNameOf(account.channel, key);
    const tag = tagOfAccount(account);
    let held = this.#named.get(name);
    if (held && held.tag === tag) {
      held.known = conversation;
    } else {
      const place = { tag, conversation: name };
      const budget = budgetNameOf(account.budgetKey);
      const { keys, process } = this.#reach;
      held = new Held(conversation, place, budget, {
        conversationKey: keys.conversation(place),
        credentialKey: keys.credential(tag),
        budgetKey: keys.budget(tag, budget),
        ownedKey: keys.owned(tag, process, account.channel),
        budget,
        conversation: name,
        process,
      });
      this.#named.set(name, held);
    }
    this.#known.set(conversation, held);
    return held;
  }

  /** @param name in Redis. */
  named(name: string): Held | undefined {
    return this.#named.get(name);
  }

  /** @param key as the engine names it. */
  at(channel: string, key: string | undefined): Held | undefined {
    return key === undefined ? undefined : this.#named.get(conversationNameOf(channel, key));
  }

  /** One on a credential, whichever. */
  someOn(tag: string): Held | undefined {
    for (const held of this.#named.values()) if (held.tag === tag) return held;
    return undefined;
  }

  all(): Iterable<Held> {
    return this.#named.values();
  }

  /** Forgets what nobody holds here, and this process does not own. */
  drop(held: Held): void {
    if (held.sessions.size === 0 && held.epoch === 0) this.#named.delete(held.conversation);
  }
}

/** What a conversation types on, as all processes name it. */
export function tagOfAccount({ channel, credential, provider }: GateAccount): string {
  return tagOf(typeof credential === 'string' ? credential : `${channel} ${provider}`);
}
