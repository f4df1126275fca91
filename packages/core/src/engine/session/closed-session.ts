import type { CloseReason, SessionUpdate } from '../../api/session.ts';
import type { TypingError } from '../../contract/typing-error.ts';
import { checkOptions } from '../arguments/check-options.ts';
import { updateOptions } from '../arguments/verb-options.ts';
import { makePrintable, portraitOf, type SessionPortrait } from './print-session.ts';
import { newSessionId } from './session-id.ts';
import type { WorkSession } from './work-session.ts';

/** A session that never lived: what work gets where typing could not even begin. */
export class ClosedSession implements WorkSession {
  static {
    makePrintable(this.prototype);
  }

  readonly state = 'closed';
  readonly error: TypingError;
  readonly label: string | undefined;
  isAwaited = false;
  readonly #channel: string;
  #id: string | undefined = undefined;
  #signal: AbortSignal | undefined = undefined;

  constructor(channel: string, label: string | undefined, error: TypingError) {
    this.#channel = channel;
    this.label = label;
    this.error = error;
  }

  get id(): string {
    this.#id ??= newSessionId();
    return this.#id;
  }

  get opened(): Promise<void> {
    return Promise.resolve();
  }

  get closed(): Promise<CloseReason> {
    return Promise.resolve('refused');
  }

  get signal(): AbortSignal {
    this.#signal ??= new AbortController().signal;
    return this.#signal;
  }

  touch(): void {}

  messageSent(): void {}

  update(update: SessionUpdate): void {
    checkOptions('update', updateOptions, update);
  }

  pause(): void {}

  resume(): void {}

  async stop(): Promise<void> {}

  async [Symbol.asyncDispose](): Promise<void> {}

  toJSON(): SessionPortrait {
    return portraitOf(this, this.#channel, 0);
  }
}
