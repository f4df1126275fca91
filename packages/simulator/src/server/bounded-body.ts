import type { MiddlewareHandler } from 'hono';

/** More than any vendor takes for a message. */
const LARGEST_BODY_BYTES = 1024 * 1024;

/** Reads the body before anybody else does, and refuses one that is too large. */
export const boundedBody: MiddlewareHandler = async (context, next) => {
  const { raw, method } = context.req;
  if (method === 'GET' || method === 'HEAD') return next();
  const isDeclaredTooLarge = Number(raw.headers.get('content-length') ?? 0) > LARGEST_BODY_BYTES;
  const body = isDeclaredTooLarge ? null : await readUpTo(LARGEST_BODY_BYTES, raw.body);
  if (body === null) {
    context.header('connection', 'close');
    return context.json({ error: 'A body may have up to 1 MiB.' }, 413);
  }
  // What the server's adapter hands in is no `Request` of this process, and cannot be read twice.
  context.req.raw = new Request(raw.url, {
    method,
    headers: raw.headers,
    ...(body.length > 0 ? { body } : {}),
  });
  return next();
};

async function readUpTo(
  largestBytes: number,
  stream: ReadableStream<Uint8Array> | null,
): Promise<Buffer<ArrayBuffer> | null> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of stream ?? []) {
    bytes += chunk.length;
    if (bytes > largestBytes) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
