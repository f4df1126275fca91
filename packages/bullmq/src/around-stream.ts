import type { ReadableChunks, StreamOptions, TypingStream } from '@typingkit/core';
import type { RemoteSession } from './remote-session.ts';

/** Says whether a work is a stream. What is a promise and a stream at once is a promise. */
export function isStream(work: unknown): work is TypingStream<unknown> {
  if (typeof work !== 'object' || work === null || 'then' in work) return false;
  return Symbol.asyncIterator in work || 'getReader' in work;
}

/**
 * Passes a stream through while a session lives, which opens when somebody begins to read. Each chunk is a sign of life;
 * whoever leaves ends the session first, and only then asks the stream to clean up.
 */
export function aroundStream(
  open: () => RemoteSession,
  stream: TypingStream<unknown>,
  { until = 'end' }: StreamOptions,
): AsyncIterable<unknown> {
  return {
    [Symbol.asyncIterator](): AsyncIterator<unknown> {
      const source = Symbol.asyncIterator in stream ? stream[Symbol.asyncIterator]() : read(stream);
      let session: RemoteSession | undefined;
      let isOver = false;
      const end = (): void => {
        isOver = true;
        void session?.stop();
      };
      return {
        async next() {
          if (!isOver) session ??= open();
          try {
            const result = await source.next();
            if (result.done || until === 'first-chunk') end();
            else if (!isOver) session?.touch();
            return result;
          } catch (error) {
            end();
            throw error;
          }
        },
        async return(value: unknown) {
          end();
          return (await source.return?.(value)) ?? { done: true, value };
        },
      };
    },
  };
}

/** Reads a `ReadableStream` that cannot be iterated. */
function read(stream: ReadableChunks<unknown>): AsyncIterator<unknown> {
  const reader = stream.getReader();
  return {
    async next() {
      const { done, value } = await reader.read();
      if (!done) return { done, value };
      reader.releaseLock();
      return { done: true, value: undefined };
    },
    async return(value: unknown) {
      await reader.cancel();
      reader.releaseLock();
      return { done: true, value };
    },
  };
}
