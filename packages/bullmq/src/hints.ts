import type { Cluster, Redis } from 'ioredis';
import type { Wishes } from './wishes.ts';
import type { Place } from './keys.ts';

/**
 * What processes tell each other so that nobody has to wait for the next refresh. Each is a hint: whatever it says is found
 * in Redis, too, and correctness never rests on it.
 */
export type Hint =
  /** Nobody holds a conversation of yours any more. `nonce`: somebody waits for `cleared`. */
  | (Place & { readonly hint: 'unheld'; readonly from: string; readonly nonce?: string })
  /** Somebody holds a conversation of yours again. */
  | (Place & { readonly hint: 'come' })
  /** A message went out in a conversation of yours. */
  | (Place & { readonly hint: 'message' })
  /** Sessions that were opened in your process have ended elsewhere. Without ids: all of the conversation. */
  | (Place & { readonly hint: 'end'; readonly ids?: readonly string[] })
  /** What the bot is doing in a conversation of yours, as its last speaker says. Empty: nobody says anything any more. */
  | (Place & { readonly hint: 'wish'; readonly wishes: Wishes })
  /** The work of a session that was opened in your process makes progress elsewhere. */
  | (Place & { readonly hint: 'touch'; readonly id: string })
  /** The stop that you asked for has gone out. */
  | { readonly hint: 'cleared'; readonly nonce: string }
  /** What became of a start that you asked for. */
  | { readonly hint: 'sent'; readonly nonce: string; readonly result: unknown }
  /** All who use a credential: it is suspended, or worth trying again. */
  | {
      readonly hint: 'credential';
      readonly tag: string;
      readonly from: string;
      readonly says: 'suspended' | 'resumed' | 'proved';
      readonly forMs: number;
    }
  /** Somebody at the other end types, or pressed Stop. */
  | { readonly hint: 'inbound'; readonly from: string; readonly event: unknown };

/** Tells and hears hints. What cannot be told now is not told. */
export class Hints {
  readonly #sender: Redis | Cluster;
  readonly #listener: Redis | Cluster;
  readonly #heard = new Set<string>();

  constructor(sender: Redis | Cluster, listener: Redis | Cluster, onHint: (hint: Hint) => void) {
    this.#sender = sender;
    this.#listener = listener;
    listener.on('message', (_channel: string, text: string) => {
      const hint = parse(text);
      try {
        if (hint) onHint(hint);
      } catch {
        // It has the name of a hint, and is not what this version calls so.
      }
    });
  }

  /** Hears what is told on a channel from now on. */
  async listen(channel: string): Promise<void> {
    if (this.#heard.has(channel)) return;
    this.#heard.add(channel);
    try {
      await this.#listener.subscribe(channel);
    } catch {
      this.#heard.delete(channel);
    }
  }

  tell(channel: string, hint: Hint): void {
    if (this.#sender.status !== 'ready') return;
    this.#sender.publish(channel, JSON.stringify(hint)).catch(() => {});
  }

  close(): void {
    this.#listener.disconnect();
  }
}

function parse(text: string): Hint | undefined {
  try {
    const hint: unknown = JSON.parse(text);
    const isHint = typeof hint === 'object' && hint !== null && 'hint' in hint;
    // Only our own processes write there. What another version tells is known by its name, and not understood.
    return isHint ? (hint as Hint) : undefined;
  } catch {
    return undefined;
  }
}
