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

class TextBody implements VerifiedBody {
  readonly text: string;
  readonly #request: RequestHead;

  constructor(text: string, request: RequestHead) {
    this.text = text;
    this.#request = request;
  }

  json(): unknown {
    // Not inside: called without its body, it must fail, and not be taken for what is no JSON.
    const { text } = this;
    try {
      return JSON.parse(text);
    } catch {
      return undefined;
    }
  }

  form(): URLSearchParams {
    return new URLSearchParams(this.text);
  }

  header(name: string): string | null {
    return this.#request.header(name);
  }
}

/** `undefined` where the bytes are no text. */
export function verifiedBody(bytes: Uint8Array, request: RequestHead): VerifiedBody | undefined {
  try {
    return new TextBody(utf8.decode(bytes), request);
  } catch {
    return undefined;
  }
}
