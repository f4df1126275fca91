import { randomBytes } from 'node:crypto';
import type { Hint, Hints } from './hints.ts';
import type { Keys, Place, SessionAddress } from './keys.ts';
import type { Link } from './redis/link.ts';
import type { Wishes } from './wishes.ts';
import { leave, type LeaveReply, type Standing } from './scripts/leave.ts';
import { look, type LookReply } from './scripts/look.ts';
import { message } from './scripts/message.ts';
import { type HolderReply, touch } from './scripts/touch.ts';
import { wish } from './scripts/wish.ts';

/** A conversation that is held, or up, and that nobody refreshes. */
export interface HandOver extends Place {
  readonly channel: string;
  /** As JSON. */
  readonly target: string;
  /** For how long it may be up, in milliseconds, where nobody holds it: it is to be cleared. Absent: it is held. */
  readonly visibleForMs?: number;
}

/** How long the owner of a conversation may take to clear it, in milliseconds. */
const clearingMs = 1_000;
/** How many ends of sessions are kept in mind while Redis is away. The others live until their caps. */
const mostDebts = 100_000;

/** That somebody goes on with what a process owns when it dies. */
interface Insurance {
  readonly isInsured: boolean;
  insure(): Promise<void>;
}

/** What any process may do to any conversation, whether it has a key or not. */
export class Reach {
  /** Names this process. */
  readonly process: string;
  readonly keys: Keys;
  readonly link: Link;
  readonly hints: Hints;
  /** Lets somebody with a key go on with a conversation. */
  readonly handOver: (conversation: HandOver) => Promise<void>;
  /** Whether somebody will notice if this process dies: before that it must not begin to own anything. */
  readonly insurance: Insurance;
  /** Who is waiting here for an answer from elsewhere. */
  readonly #answers = new Map<string, (answer: unknown) => void>();

  readonly #debts: (() => Promise<void>)[] = [];

  constructor(given: {
    readonly process: string;
    readonly keys: Keys;
    readonly link: Link;
    readonly hints: Hints;
    readonly handOver: (conversation: HandOver) => Promise<void>;
    readonly insurance: Insurance;
  }) {
    this.process = given.process;
    this.keys = given.keys;
    this.link = given.link;
    this.hints = given.hints;
    this.handOver = given.handOver;
    this.insurance = given.insurance;
  }

  /** What most scripts want to know. */
  where(
    { conversation, tag }: Place,
    channel = '',
    epoch = 0,
  ): {
    readonly conversationKey: string;
    readonly ownedKey: string;
    readonly conversation: string;
    readonly process: string;
    readonly epoch: number;
  } {
    const { keys, process } = this;
    return {
      conversationKey: keys.conversation({ tag, conversation }),
      ownedKey: keys.owned(tag, process, channel),
      conversation,
      process,
      epoch,
    };
  }

  /** The work of a session makes progress. */
  async touch({ conversation, id, tag }: SessionAddress): Promise<HolderReply> {
    const place = { tag, conversation };
    const reply = await this.link.run(touch, { ...this.where(place), nowMs: 0, id });
    if (reply.isAlive) this.#tell(reply.home, { hint: 'touch', ...place, id });
    return reply;
  }

  /** A session says what its work is doing, which is a sign of life, too. */
  async wish({ conversation, id, tag }: SessionAddress, wishes: Wishes): Promise<void> {
    const place = { tag, conversation };
    const conversationKey = this.keys.conversation(place);
    const given = { nowMs: 0, conversationKey, id, wishes: JSON.stringify(wishes) };
    const { home, isAlive, owner } = await this.link.run(wish, given);
    if (!isAlive) return;
    this.#tell(home, { hint: 'touch', ...place, id });
    // A word of its own session the owner has heard already. Its word on another's it tells itself.
    if (owner === '' || (home === owner && home === this.process)) return;
    this.hints.tell(this.keys.to(owner), { hint: 'wish', ...place, wishes });
  }

  /** A message went out in a conversation. @param id of the session whose message it was; empty: of none. */
  async message({ conversation, tag }: Place, id: string): Promise<void> {
    const place = { tag, conversation };
    const reply = await this.link.run(message, { ...this.where(place), nowMs: 0, id });
    this.#tell(reply.owner, { hint: 'message', ...place });
    if (reply.isAlive) this.#tell(reply.home, { hint: 'touch', ...place, id });
  }

  /** The same; while Redis is away it is told later, and the indicator fades meanwhile. Never rejects. */
  async stopOrOwe(address: SessionAddress): Promise<void> {
    try {
      await this.stop(address);
    } catch {
      this.owe(() => this.stopOrOwe(address));
    }
  }

  /** Something that Redis must be told, and could not be told: it is tried again with the next beat. */
  owe(pay: () => Promise<void>): void {
    if (this.#debts.length < mostDebts) this.#debts.push(pay);
  }

  payDebts(): void {
    for (const pay of this.#debts.splice(0)) void pay();
  }

  /** Ends one session. Settles when its bubble is down, after a second at most, where it was the last one. */
  async stop({ conversation, id, tag }: SessionAddress): Promise<void> {
    const place = { tag, conversation };
    const reply = await this.link.run(leave, { ...this.where(place), nowMs: 0, ids: [id] });
    for (const home of reply.homes) this.#tell(home, { hint: 'end', ...place, ids: [id] });
    // Redis may have forgotten it, and its home may be about to tell of it again.
    if (reply.homes.length === 0) {
      this.hints.tell(this.keys.about(tag), { hint: 'end', ...place, ids: [id] });
    }
    if (reply.isHeld && reply.wasSpeaker) {
      this.#tell(reply.owner, { hint: 'wish', ...place, wishes: {} });
    }
    await this.clear(place, reply);
  }

  /** Ends all sessions of a conversation, wherever they are. */
  async leaveAll({ conversation, tag }: Place): Promise<LeaveReply> {
    const place = { tag, conversation };
    const reply = await this.link.run(leave, { ...this.where(place), nowMs: 0, ids: [] });
    for (const home of reply.homes) this.#tell(home, { hint: 'end', ...place });
    return reply;
  }

  /** Says whether a conversation is held, and who refreshes it. */
  look(place: Place): Promise<LookReply> {
    return this.link.run(look, { nowMs: 0, conversationKey: this.keys.conversation(place) });
  }

  /** Has what nobody holds any more cleared by whoever can. @returns whether that was done in time. */
  async clear(
    place: Place,
    { channel, isHeld, owner, target, visibleForMs }: Standing,
  ): Promise<boolean> {
    if (isHeld) return false;
    if (owner !== '' && owner !== this.process) return this.askToClear(place, owner);
    if (owner === '' && visibleForMs > 0 && target !== '') {
      await this.handOver({ ...place, channel, target, visibleForMs });
    }
    return false;
  }

  /** Asks the owner of a conversation to clear it. @returns whether it said in time that it has. */
  async askToClear({ conversation, tag }: Place, owner: string): Promise<boolean> {
    const nonce = newNonce();
    const answer = this.answerTo(nonce, clearingMs);
    this.#tell(owner, { hint: 'unheld', from: this.process, nonce, tag, conversation });
    return (await answer) !== undefined;
  }

  /** What somebody elsewhere answers; `undefined` where nobody does in time. */
  answerTo(nonce: string, withinMs: number): Promise<unknown> {
    return new Promise((resolve) => {
      const settle = (answer: unknown): void => {
        clearTimeout(timer);
        this.#answers.delete(nonce);
        resolve(answer);
      };
      const timer = setTimeout(() => settle(undefined), withinMs);
      this.#answers.set(nonce, settle);
    });
  }

  takeAnswer(hint: Extract<Hint, { readonly hint: 'cleared' | 'sent' }>): void {
    this.#answers.get(hint.nonce)?.(hint.hint === 'cleared' ? true : hint.result);
  }

  #tell(process: string, hint: Hint): void {
    if (process !== '' && process !== this.process) this.hints.tell(this.keys.to(process), hint);
  }
}

/** Names a question whose answer somebody waits for. */
export function newNonce(): string {
  return randomBytes(9).toString('base64url');
}
