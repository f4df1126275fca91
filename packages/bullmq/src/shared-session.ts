/// <reference lib="esnext.disposable" preserve="true" />
import type {
  CloseReason,
  SessionState,
  SessionUpdate,
  TypingError,
  TypingSession,
} from '@typingkit/core';

/** What a session of this process has to tell the others. */
export interface SessionNews {
  touched(id: string): void;
  messageSent(id: string): void;
  updated(id: string, update: SessionUpdate): void;
  /** Settles when Redis knows of the session, after a second at most. Never rejects. */
  told(id: string): Promise<void>;
}

/** A session of this process that all others can find by its id. */
export class SharedSession implements TypingSession {
  readonly #session: TypingSession;
  readonly #news: SessionNews;
  readonly opened: Promise<void>;

  constructor(session: TypingSession, news: SessionNews) {
    this.#session = session;
    this.#news = news;
    this.opened = news.told(session.id);
  }

  get id(): string {
    return this.#session.id;
  }

  get label(): string | undefined {
    return this.#session.label;
  }

  get state(): SessionState {
    return this.#session.state;
  }

  get closed(): Promise<CloseReason> {
    return this.#session.closed;
  }

  get error(): TypingError | undefined {
    return this.#session.error;
  }

  get signal(): AbortSignal {
    return this.#session.signal;
  }

  touch(): void {
    this.#session.touch();
    this.#news.touched(this.id);
  }

  messageSent(): void {
    const isOpen = this.#session.state !== 'closed';
    this.#session.messageSent();
    if (isOpen) this.#news.messageSent(this.id);
  }

  update(update: SessionUpdate): void {
    const isOpen = this.#session.state !== 'closed';
    this.#session.update(update);
    if (isOpen) this.#news.updated(this.id, update);
  }

  pause(): void {
    this.#session.pause();
  }

  resume(): void {
    this.#session.resume();
  }

  stop(): Promise<void> {
    return this.#session.stop();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.stop();
  }

  toJSON(): unknown {
    const { state, label } = this;
    return { state, ...(label !== undefined && { label }) };
  }
}
