import { failure } from './error-condition.ts';

/** Waits for some work until its time is up, or nobody wants it any more. The work hears of that by its signal. */
export async function inTime<Result>(
  timeoutMs: number,
  given: AbortSignal | undefined,
  work: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  given?.throwIfAborted();
  const over = new AbortController();
  const late = setTimeout(
    () => over.abort(failure('timeout', `the server did not answer within ${timeoutMs} ms`)),
    timeoutMs,
  );
  const onAbort = (): void => over.abort(given?.reason);
  given?.addEventListener('abort', onAbort);
  const { signal } = over;
  try {
    return await Promise.race([
      work(signal),
      new Promise<never>((_, reject) => {
        signal.addEventListener('abort', () => reject(signal.reason));
      }),
    ]);
  } finally {
    clearTimeout(late);
    given?.removeEventListener('abort', onAbort);
    // What still waits for an answer can forget it.
    over.abort();
  }
}
