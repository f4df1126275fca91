import type { TypingEvent } from '../api/event.ts';
import { safeObserver, warnOnce } from './safe-callbacks.ts';

/** How many events observers may cause by what they do with one. Those beyond are not told. */
const mostNested = 100;

type Listener = (event: TypingEvent) => void;

/** Those who want to hear what happens. They may call any verb, and come and go while they are told. */
export class Observers {
  readonly #listeners = new Set<{ readonly tell: Listener }>();
  readonly #fallback: Listener | undefined;
  /** The conversations of which an end is being told, the innermost last. */
  readonly #endings: string[] = [];
  #isTelling = false;
  /** How many events the one that is being told has caused so far. */
  #nested = 0;

  /** @param onEvent the first of them. Default: failures that nobody else hears of are warned of, whoever comes later. */
  constructor(onEvent: ((event: TypingEvent) => unknown) | undefined) {
    if (onEvent) this.add(onEvent);
    else this.#fallback = safeObserver(warnOnce);
  }

  /** Whether anybody wants to hear of more than failures. */
  get isObserved(): boolean {
    return this.#listeners.size > 0;
  }

  /** @returns takes it away again. */
  add(listener: (event: TypingEvent) => unknown): () => void {
    const entry = { tell: safeObserver(listener) };
    this.#listeners.add(entry);
    return () => void this.#listeners.delete(entry);
  }

  /** Whether somebody is being told now that a session of this conversation has ended. */
  isEnding(channel: string, conversation: string): boolean {
    return this.#endings.includes(keyOf(channel, conversation));
  }

  tell(event: TypingEvent): void {
    if (this.#isTelling) {
      // An observer that opens a session for every event it hears would go on until the stack is full.
      this.#nested += 1;
      if (this.#nested <= mostNested) this.#tell(event);
      return;
    }
    this.#isTelling = true;
    this.#nested = 0;
    this.#tell(event);
    this.#isTelling = false;
  }

  #tell(event: TypingEvent): void {
    const isEnd = event.type === 'closed';
    if (isEnd) this.#endings.push(keyOf(event.channel, event.conversation ?? ''));
    this.#fallback?.(event);
    for (const { tell } of this.#listeners) tell(event);
    if (isEnd) this.#endings.pop();
  }
}

function keyOf(channel: string, conversation: string): string {
  return `${channel}\0${conversation}`;
}
