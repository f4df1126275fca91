import type { WebhookRequest } from './webhook-request.ts';

/** An event about typing is some 400 bytes; one about a message holds its text. More than this is no event. */
const largestBodyBytes = 64 * 1024;

/** The body of a request, or why there is none. */
export type RequestText =
  | { readonly text: string }
  | { readonly problem: 'too-large' | 'broken-off' | 'not-utf-8' };

/** Reads the body as text, and no more of it than {@link largestBodyBytes}. */
export async function readText(request: WebhookRequest): Promise<RequestText> {
  if (isAnnouncedTooLarge(request)) return { problem: 'too-large' };
  if (!request.body) return { text: '' };
  const reader = request.body.getReader();
  // A byte order mark is signed, too; and two bodies of different bytes must never become one text.
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  try {
    for (;;) {
      const { value } = await reader.read();
      if (!value) break;
      bytes += value.byteLength;
      if (bytes > largestBodyBytes) {
        // Not waited for, and it may fail: the verdict is made.
        reader.cancel().catch(() => {});
        return { problem: 'too-large' };
      }
      chunks.push(value);
    }
  } catch {
    return { problem: 'broken-off' };
  }
  try {
    const parts = chunks.map((chunk) => decoder.decode(chunk, { stream: true }));
    return { text: parts.join('') + decoder.decode() };
  } catch {
    return { problem: 'not-utf-8' };
  }
}

function isAnnouncedTooLarge({ headers }: WebhookRequest): boolean {
  return Number(headers.get('content-length') ?? 0) > largestBodyBytes;
}
