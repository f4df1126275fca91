import type { TypingError } from '@typingkit/core';
import { stanzaRefusal } from './error-condition.ts';
import type { Link } from './link.ts';
import { attributeOf, namespaces } from './stanza.ts';
import { bareOf, conversationOf, resourceOf, type XmppTarget } from './target.ts';

export type ChatState = 'composing' | 'paused';

/** The state of a conversation that went out last. */
interface Shown {
  readonly state: ChatState;
  /** Whom it went to: the same has to hear the next one. */
  readonly target: XmppTarget;
}

/** A state that is to go out. */
interface Wish extends Shown {
  readonly conversation: string;
  /** Aborted as soon as nobody waits for it any more. */
  readonly signal: AbortSignal;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

/** How many go out before the server has to answer: where it limits rates, it would take too long for more. */
const statesAtOnce = 100;
/** How many stopped conversations are remembered, so that none is stopped twice. */
const mostStopped = 10_000;

/** The chat states that went out over one stream. None goes out twice in a row. */
export class ChatStates {
  readonly #link: Link;
  readonly #noStore: boolean;
  readonly #onRefused: (target: XmppTarget, error: TypingError) => void;
  readonly #shown = new Map<string, Shown>();
  #queue: Wish[] = [];
  #isSending = false;

  /** @param onRefused hears whose state was refused. */
  constructor(
    link: Link,
    noStore: boolean,
    onRefused: (target: XmppTarget, error: TypingError) => void,
  ) {
    this.#link = link;
    this.#noStore = noStore;
    this.#onRefused = onRefused;
  }

  /** Where somebody is seen typing. */
  composing(): XmppTarget[] {
    const all = [...this.#shown.values()];
    return all.filter(({ state }) => state === 'composing').map(({ target }) => target);
  }

  /** The room is left, and nothing is seen there any more. */
  forgetRoom(room: string): void {
    for (const [conversation, { target }] of this.#shown) {
      if (target.type === 'groupchat' && bareOf(target.to) === room)
        this.#shown.delete(conversation);
    }
  }

  /**
   * Sends a state, and waits until the server has taken it.
   *
   * @param signal aborted as soon as nobody waits for it any more: then it need not go out.
   */
  async send(target: XmppTarget, state: ChatState, signal: AbortSignal): Promise<void> {
    const sent = new Promise<void>((resolve, reject) => {
      const conversation = conversationOf(target);
      this.#queue.push({ target, state, conversation, signal, resolve, reject });
    });
    void this.#sendAll();
    await Promise.race([sent, this.#link.gone]);
  }

  async #sendAll(): Promise<void> {
    if (this.#isSending) return;
    this.#isSending = true;
    try {
      // What is asked for in the same turn goes out together.
      await Promise.resolve();
      while (this.#queue.length > 0) await this.#sendSome();
    } catch {
      // The stream is gone; everybody who waits hears of that.
    } finally {
      this.#isSending = false;
    }
  }

  /**
   * Errors come back when they like, but in order: what comes before the answer to a ping that was sent behind the states
   * is all that the server has to say.
   */
  async #sendSome(): Promise<void> {
    const wishes = this.#queue.splice(0, statesAtOnce).filter(({ signal }) => !signal.aborted);
    const text = wishes.map((wish) => this.#begin(wish)).join('');
    if (text === '') return;
    await this.#link.ping(text);
    // A room says itself that it took it.
    for (const { target, resolve } of wishes) if (!isForAll(target)) resolve();
  }

  /** @returns what is to be sent for it. */
  #begin(wish: Wish): string {
    const { conversation, resolve, signal, state } = wish;
    const before = this.#shown.get(conversation);
    const isSaid = before?.state === state;
    if (isSaid && state === 'paused') {
      resolve();
      return '';
    }
    const id = crypto.randomUUID();
    signal.addEventListener('abort', this.#hear(wish, id));
    // Who heard that the bot types has to hear that it stops, also where the answer goes to another device.
    const target = before && state === 'paused' ? before.target : wish.target;
    this.#remember(conversation, { state, target });
    const message = this.#message(target, state, id);
    // A message may have cleared it since: it goes out again, but never twice in a row.
    return before && isSaid ? this.#message(before.target, 'active') + message : message;
  }

  /** Waits for what comes back. @returns stops that. */
  #hear({ conversation, target, resolve, reject }: Wish, id: string): () => void {
    const forget = this.#link.onAnswer(id, (stanza) => {
      forget();
      if (attributeOf(stanza, 'type') !== 'error') {
        resolve();
        return;
      }
      this.#shown.delete(conversation);
      const error = stanzaRefusal('stanza', stanza);
      this.#onRefused(target, error);
      reject(error);
    });
    return forget;
  }

  #remember(conversation: string, shown: Shown): void {
    // Behind all others, so that those that stopped longest ago are the first ones.
    this.#shown.delete(conversation);
    this.#shown.set(conversation, shown);
    if (this.#shown.size <= mostStopped) return;
    for (const [oldest, { state }] of this.#shown) {
      if (state === 'paused') {
        this.#shown.delete(oldest);
        return;
      }
    }
  }

  #message(target: XmppTarget, state: ChatState | 'active', id?: string): string {
    const { xml } = this.#link;
    const type = isForAll(target) ? 'groupchat' : 'chat';
    const hint = this.#noStore ? [xml('no-store', { xmlns: namespaces.hints })] : [];
    const chatState = xml(state, { xmlns: namespaces.chatStates });
    const attributes = { to: target.to, type, id: id ?? crypto.randomUUID() };
    return xml('message', attributes, chatState, ...hint).toString();
  }
}

/** Whether everybody in a room sees it, the bot itself included. */
function isForAll({ to, type }: XmppTarget): boolean {
  return type === 'groupchat' && resourceOf(to) === undefined;
}
