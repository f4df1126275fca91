import type {
  ReadableChunks,
  StreamOptions,
  TypingSession,
  TypingStream,
  TypingWork,
} from '../../api/session.ts';
import { invalid } from '../arguments/check-options.ts';
import type { WorkSession } from './work-session.ts';

/** Work that gives one value. */
export type SingleWork<T> = ((session: TypingSession) => T | PromiseLike<T>) | PromiseLike<T>;

/**
 * Says what a work is. What is a promise and a stream at once is a promise.
 *
 * @throws TypingError `misconfigured`, where it is neither a function, nor a promise, nor a stream.
 */
export function isStream<T>(work: TypingWork<T>): work is TypingStream<T> {
  if (typeof work === 'function' || has(work, 'then')) return false;
  if (has(work, Symbol.asyncIterator) || has(work, 'getReader')) return true;
  throw invalid('the work must be a function, a promise or a stream');
}

/** Waits for work while a session lives. The session can neither fail nor outlive it, and delays its end by `settleMs` at most. */
export async function aroundWork<T>(open: () => WorkSession, work: SingleWork<T>): Promise<T> {
  const session = open();
  session.isAwaited = true;
  try {
    return await (typeof work === 'function' ? work(session) : work);
  } finally {
    await session.stop();
  }
}

/**
 * Passes a stream through while a session lives. The session opens when somebody begins to read, and whoever waits for a
 * chunk is a sign of life.
 *
 * No generator: its `return()` would wait for a chunk that never comes, and for the stream to clean up, with the bubble
 * up meanwhile. Here whoever leaves ends the session first.
 */
export function aroundStream<Chunk>(
  open: () => WorkSession,
  stream: TypingStream<Chunk>,
  { until = 'end' }: StreamOptions,
): AsyncIterable<Chunk> {
  return {
    [Symbol.asyncIterator](): AsyncIterator<Chunk> {
      const source = iteratorOf(stream);
      let session: WorkSession | undefined;
      let readers = 0;
      let isOver = false;

      const awaited = (change: 1 | -1): void => {
        readers += change;
        if (session) session.isAwaited = readers > 0;
      };

      return {
        async next() {
          if (!isOver) session ??= open();
          awaited(1);
          try {
            const result = await source.next();
            if (result.done) await session?.stop();
            else if (until === 'first-chunk') void session?.stop();
            else session?.touch();
            return result;
          } catch (error) {
            await session?.stop();
            throw error;
          } finally {
            awaited(-1);
          }
        },
        async return(value: unknown) {
          isOver = true;
          void session?.stop();
          return (await source.return?.(value)) ?? { done: true, value };
        },
      };
    },
  };
}

function iteratorOf<Chunk>(stream: TypingStream<Chunk>): AsyncIterator<Chunk> {
  return Symbol.asyncIterator in stream ? stream[Symbol.asyncIterator]() : read(stream);
}

/** Reads a `ReadableStream`, which not every browser can iterate. */
function read<Chunk>(stream: ReadableChunks<Chunk>): AsyncIterator<Chunk> {
  const reader = stream.getReader();
  return {
    async next() {
      const { done, value } = await reader.read();
      // A chunk that is not the end has a value, of whatever type.
      if (!done) return { done: false, value: value as Chunk };
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

function has(work: unknown, method: PropertyKey): boolean {
  if (typeof work !== 'object' || work === null) return false;
  try {
    return typeof Reflect.get(work, method) === 'function';
  } catch {
    return false;
  }
}
