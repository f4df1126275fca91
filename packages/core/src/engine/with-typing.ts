import type { TypingSession } from './typing-session.ts';

/** Runs work while a session lives. The session can neither fail, nor delay, nor outlive it. */
export async function aroundWork<T>(
  open: () => TypingSession,
  work: (session: TypingSession) => T | Promise<T>,
): Promise<T> {
  const session = open();
  try {
    return await work(session);
  } finally {
    await session.stop();
  }
}

/** How to type along with a stream. */
export interface StreamOptions {
  /** Until when to type: the `first-chunk`, or the `end` of the stream. Default: `end`. */
  readonly until?: 'first-chunk' | 'end' | undefined;
}

/**
 * Passes a stream through while a session lives. The session opens when somebody begins to read, and every chunk is a
 * sign of life.
 */
export async function* aroundStream<Chunk>(
  open: () => TypingSession,
  stream: AsyncIterable<Chunk>,
  { until = 'end' }: StreamOptions,
): AsyncGenerator<Chunk, void, undefined> {
  const session = open();
  try {
    for await (const chunk of stream) {
      if (until === 'first-chunk') void session.stop();
      else session.touch();
      yield chunk;
    }
  } finally {
    await session.stop();
  }
}
