import type { TypingError } from '../contract/typing-error.ts';
import type { EngineContext } from './engine-context.ts';

/** How many different failures are told apart. */
const mostMessages = 1_000;

/** Tells of failures that kept a session from opening, where the work around which it was to stand goes on without it. */
export class UnheardFailures {
  readonly #engine: EngineContext;
  /** Messages name no recipient, so there are few of them. */
  readonly #told = new Set<string>();

  constructor(engine: EngineContext) {
    this.#engine = engine;
  }

  tell(channel: string, error: TypingError): void {
    const isFirst = !this.#told.has(error.message);
    if (this.#told.size < mostMessages) this.#told.add(error.message);
    this.#engine.onEvent({
      type: 'failed',
      channel,
      provider: error.provider ?? 'none',
      error,
      operation: 'start',
      attempt: 0,
      durationMs: 0,
      isFirst,
      isBackground: true,
    });
  }
}
