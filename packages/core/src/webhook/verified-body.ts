import type { RequestHead } from './webhook-request.ts';

/** A body whose signature is good. */
export interface VerifiedBody {
  readonly text: string;
  /** The same as JSON; `undefined` where it is none. */
  json(): unknown;
  /** The same as the fields of a form. */
  form(): URLSearchParams;
  /** A header of the request, by its name in lower case; `null` where there is none. Few schemes sign any. */
  header(name: string): string | null;
}

// A byte order mark is signed, too; and two bodies of different bytes must never become one text.
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** `undefined` where the bytes are no text. */
export function verifiedBody(bytes: Uint8Array, request: RequestHead): VerifiedBody | undefined {
  const text = decoded(bytes);
  if (text === undefined) return undefined;
  return {
    text,
    json() {
      try {
        return JSON.parse(text);
      } catch {
        return undefined;
      }
    },
    form: () => new URLSearchParams(text),
    header: (name) => request.header(name),
  };
}

function decoded(bytes: Uint8Array): string | undefined {
  try {
    return utf8.decode(bytes);
  } catch {
    return undefined;
  }
}
