import {
  brotliDecompressSync,
  constants,
  gunzipSync,
  inflateRawSync,
  inflateSync,
  type ZlibOptions,
} from 'node:zlib';
import { largestBodyBytes } from '../http/read-body.ts';

// As lenient with an end that is missing as the runtime's fetch is.
const options: ZlibOptions = {
  finishFlush: constants.Z_SYNC_FLUSH,
  maxOutputLength: largestBodyBytes,
};
const decoders: Readonly<Record<string, (body: Uint8Array) => Uint8Array>> = {
  gzip: (body) => gunzipSync(body, options),
  'x-gzip': (body) => gunzipSync(body, options),
  // Of a body that needs no header some servers leave it out: https://fetch.spec.whatwg.org/#handle-content-codings
  deflate: (body) =>
    ((body[0] ?? 0) & 0x0f) === 0x08 ? inflateSync(body, options) : inflateRawSync(body, options),
  br: (body) =>
    brotliDecompressSync(body, {
      finishFlush: constants.BROTLI_OPERATION_FLUSH,
      maxOutputLength: largestBodyBytes,
    }),
};

/**
 * A body without its `Content-Encoding`: gateways compress what nobody asked them to. A coding that nobody knows leaves
 * the body as it is, as in the runtime's fetch.
 *
 * @throws Error where the body is not what its header says, or is larger than anybody wants to read.
 */
export function decodeBody(body: Uint8Array, contentEncoding: string): Uint8Array {
  const codings = contentEncoding
    .toLowerCase()
    .split(',')
    .map((coding) => coding.trim());
  if (codings.some((coding) => !Object.hasOwn(decoders, coding))) return body;
  return codings.reduceRight((decoded, coding) => decoders[coding]?.(decoded) ?? decoded, body);
}
