/** The part of a request that is there before its body is read. */
export interface RequestHead {
  readonly method: string;
  /** The address, where the server knows it: else only the path and the query are right. */
  readonly url: URL;
  /** A header, by its name in lower case; `null` where there is none. Several of one name are joined with `, `. */
  header(name: string): string | null;
}

/** Why a body could not be read. */
export type BodyProblem = 'too-large' | 'too-slow' | 'broken-off' | 'read-before';

/** As much of a request as a webhook needs: on Node, to make and read a `Request` costs more than all of the rest. */
export interface WebhookRequest extends RequestHead {
  /** Reads the body, and no more than `maxBytes` of it. Called at most once. */
  body(maxBytes: number, timeoutMs: number): Promise<Uint8Array | BodyProblem>;
}

/** What is answered, without the cost of a `Response`. */
export interface PlainAnswer {
  readonly status: number;
  /** A sentence for whoever debugs the sender. Empty: no body. */
  readonly sentence: string;
  readonly allow?: string;
}

/** The request of the web as a webhook reads it. */
export function fromWebRequest(request: Request): WebhookRequest {
  return {
    get method() {
      return request.method;
    },
    get url() {
      return new URL(request.url);
    },
    header: (name) => request.headers.get(name),
    body: (maxBytes, timeoutMs) => readStream(request, maxBytes, timeoutMs),
  };
}

/** The answer as the web has it. */
export function toWebResponse(answer: PlainAnswer | Response): Response {
  if (answer instanceof Response) return answer;
  const { status, sentence, allow } = answer;
  return new Response(sentence ? `${sentence}\n` : null, {
    status,
    ...(allow !== undefined && { headers: { allow } }),
  });
}

async function readStream(
  request: Request,
  maxBytes: number,
  timeoutMs: number,
): Promise<Uint8Array | BodyProblem> {
  if (request.bodyUsed || request.body?.locked) return 'read-before';
  if (Number(request.headers.get('content-length') ?? 0) > maxBytes) return 'too-large';
  if (!request.body) return new Uint8Array();
  const reader = request.body.getReader();
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  let isLate = false;
  // Neither is waited for, and either may fail: the verdict is made.
  const leave = (): void => void reader.cancel().catch(() => {});
  const timer = setTimeout(() => {
    isLate = true;
    leave();
  }, timeoutMs);
  try {
    for (;;) {
      const { value } = await reader.read();
      if (isLate) return 'too-slow';
      if (!value) return joined(chunks, bytes);
      bytes += value.byteLength;
      if (bytes > maxBytes) {
        leave();
        return 'too-large';
      }
      chunks.push(value);
    }
  } catch {
    return 'broken-off';
  } finally {
    clearTimeout(timer);
  }
}

/** Several pieces as one. */
export function joined(chunks: readonly Uint8Array[], bytes: number): Uint8Array {
  const [first] = chunks;
  if (first && chunks.length === 1) return first;
  const whole = new Uint8Array(bytes);
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.byteLength;
  }
  return whole;
}
