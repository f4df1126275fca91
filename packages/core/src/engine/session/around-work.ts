import type { StreamOptions, TypingSession } from '../../api/session.ts';

/** Runs work while a session lives. The session can neither fail nor outlive it, and delays its end by `settleMs` at most. */
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

/**
 * Passes a stream through while a session lives. The session opens when somebody begins to read, and every chunk is a
 * sign of life.
 *
 * No generator: its `return()` would wait for a chunk that never comes, and for the stream to clean up, with the bubble
 * up meanwhile. Here whoever leaves ends the session first.
 */
export function aroundStream<Chunk>(
  open: () => TypingSession,
  stream: AsyncIterable<Chunk>,
  { until = 'end' }: StreamOptions,
): AsyncIterable<Chunk> {
  return {
    [Symbol.asyncIterator](): AsyncIterator<Chunk> {
      const source = stream[Symbol.asyncIterator]();
      let session: TypingSession | undefined;

      return {
        async next() {
          session ??= open();
          try {
            const result = await source.next();
            if (result.done) await session.stop();
            else if (until === 'first-chunk') void session.stop();
            else session.touch();
            return result;
          } catch (error) {
            await session.stop();
            throw error;
          }
        },
        async return(value: unknown) {
          void session?.stop();
          return (await source.return?.(value)) ?? { done: true, value };
        },
      };
    },
  };
}
