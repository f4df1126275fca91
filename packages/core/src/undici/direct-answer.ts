import type { WireAnswer } from '../http/wire-exchange.ts';

/** Headers as undici gives them: names in lower case, and a list where a header came more than once. */
export type ReceivedHeaders = Readonly<Record<string, string | string[] | undefined>>;

/** An answer that was taken from undici's dispatcher. */
export class DirectAnswer implements WireAnswer {
  readonly status: number;
  readonly headers: ReceivedHeaders;
  readonly text: string | undefined;
  readonly brokenBy: WireAnswer['brokenBy'];

  constructor(
    status: number,
    headers: ReceivedHeaders,
    text: string | undefined,
    brokenBy: WireAnswer['brokenBy'],
  ) {
    this.status = status;
    this.headers = headers;
    this.text = text;
    this.brokenBy = brokenBy;
  }

  header(name: string): string | undefined {
    const value = this.headers[name];
    return Array.isArray(value) ? value.join(', ') : value;
  }

  /** The same as a `Response`, whose body fails where it cannot be read whole. */
  toResponse(): Response {
    const { status, text } = this;
    const headers = new Headers();
    for (const [name, values = []] of Object.entries(this.headers)) {
      for (const value of [values].flat()) headers.append(name, value);
    }
    // A `Response` can only be made with these, though the runtime's fetch gives others, too.
    const isUsual = status >= 200 && status <= 599;
    const canHaveBody = isUsual && ![204, 205, 304].includes(status);
    const body = text === undefined ? this.#brokenBody() : text;
    const response = new Response(canHaveBody || !isUsual ? body || null : null, {
      status: isUsual ? status : 200,
      headers,
    });
    return isUsual
      ? response
      : Object.defineProperties(response, {
          status: { value: status },
          ok: { value: false },
        });
  }

  #brokenBody(): ReadableStream {
    const { reason } = this.brokenBy ?? { reason: new Error('The answer cannot be read.') };
    return new ReadableStream({ start: (controller) => controller.error(reason) });
  }
}
