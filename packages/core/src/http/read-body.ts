import type { LazySignal } from '../time/deadline.ts';

/** Answers about typing are a few hundred bytes; more is not an answer of a vendor. */
export const largestBodyBytes: number = 64 * 1024;

/**
 * The body as text, or `undefined` where it is larger than {@link largestBodyBytes}; the rest is then not read.
 *
 * @param abort lets go of the body when it is over, also of one from a `fetch` that ignores its signal.
 */
export async function readBody(response: Response, abort: LazySignal): Promise<string | undefined> {
  if (!response.body) return '';
  const reader = response.body.getReader();
  // The verdict is made: whether the connection closes well no longer matters.
  const letGo = (): void => void reader.cancel().catch(() => {});
  abort.onAbort(letGo);
  const decoder = new TextDecoder();
  let text = '';
  let bytes = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return text + decoder.decode();
    bytes += value.byteLength;
    if (bytes > largestBodyBytes) {
      letGo();
      return undefined;
    }
    text += decoder.decode(value, { stream: true });
  }
}
