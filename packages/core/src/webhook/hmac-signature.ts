import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { utf8ToBytes } from '@noble/hashes/utils.js';
import { TypingError } from '../contract/typing-error.ts';
import { isBase64Of, isHexOf } from './equal-in-constant-time.ts';
import { checkedSecrets } from './secrets.ts';
import type { SignatureScheme, WebhookSecret } from './signature.ts';
import type { RequestHead } from './webhook-request.ts';

/** How a vendor signs with HMAC-SHA256. */
export interface HmacSignatureOptions {
  readonly secret: WebhookSecret;
  /** The header with the signature. */
  readonly header: string;
  readonly encoding: 'hex' | 'base64';
  /** What stands before the signature in its header: `sha256=`, `v0=`. Default: nothing. */
  readonly prefix?: string | undefined;
  /** Whether the header may hold several signatures, with blanks between them. Default: no. */
  readonly isList?: boolean | undefined;
  /** The header that says when it was signed, in seconds since 1970. Default: the scheme has none. */
  readonly timestampHeader?: string | undefined;
  /** The header with the id of the message. Default: the scheme has none. */
  readonly idHeader?: string | undefined;
  /**
   * What is signed: `{body}` at the end, and before it anything with `{timestamp}` and `{id}` in it. Slack:
   * `v0:{timestamp}:{body}`. Default: `{body}`.
   */
  readonly signed?: string | undefined;
  /** What makes a key of a secret. Default: the bytes of its text. */
  readonly keyOf?: ((secret: string) => Uint8Array) | undefined;
}

/**
 * The usual signature: an HMAC-SHA256 of the body's bytes, in a header.
 *
 * ```ts
 * hmacSignature({ secret, header: 'x-hub-signature-256', prefix: 'sha256=', encoding: 'hex' }); // Meta
 * hmacSignature({ secret, header: 'x-line-signature', encoding: 'base64' }); // LINE
 * ```
 *
 * @throws TypingError `misconfigured`, where there is no secret, or `signed` does not end with `{body}`.
 */
export function hmacSignature(options: HmacSignatureOptions): SignatureScheme {
  const { encoding, prefix = '', isList = false, keyOf = utf8ToBytes, signed = '{body}' } = options;
  const header = options.header.toLowerCase();
  const timestampHeader = options.timestampHeader?.toLowerCase();
  const idHeader = options.idHeader?.toLowerCase();
  const before = templateBefore(signed);
  const authenticators = checkedSecrets(options.secret).map((secret) =>
    authenticator(keyOf(secret)),
  );
  const isSignature = encoding === 'hex' ? isHexOf : isBase64Of;
  const headers = [header, timestampHeader, idHeader].filter((name) => name !== undefined);

  return {
    appliesTo: (request) => headers.some((name) => request.header(name) !== null),
    read(request) {
      const value = request.header(header);
      const id = idHeader === undefined ? '' : request.header(idHeader);
      const timestamp = timestampHeader === undefined ? '' : signedAt(request, timestampHeader);
      if (value === null || !(id || idHeader === undefined) || timestamp === undefined)
        return undefined;
      const offered = isList ? value.split(' ') : [value];
      return {
        timestampSeconds: timestamp === '' ? undefined : Number(timestamp),
        matches(body) {
          const head = utf8ToBytes(before(id ?? '', timestamp));
          return authenticators.some((authenticate) => {
            const code = authenticate(head, body);
            return offered.some(
              (one) => one.startsWith(prefix) && isSignature(one, prefix.length, code),
            );
          });
        },
      };
    },
  };
}

/**
 * The scheme of Standard Webhooks: `webhook-id`, `webhook-timestamp`, and `webhook-signature` with one signature or
 * several. The secret is base64, with or without `whsec_` before it.
 *
 * @throws TypingError `misconfigured`, where there is no such secret.
 * @see https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
 */
export function standardWebhookSignature(options: {
  readonly secret: WebhookSecret;
}): SignatureScheme {
  return hmacSignature({
    secret: options.secret,
    header: 'webhook-signature',
    encoding: 'base64',
    prefix: 'v1,',
    isList: true,
    timestampHeader: 'webhook-timestamp',
    idHeader: 'webhook-id',
    signed: '{id}.{timestamp}.{body}',
    keyOf: standardKey,
  });
}

const base64 = /^(?:[A-Za-z\d+/]{4})*(?:[A-Za-z\d+/]{2}==|[A-Za-z\d+/]{3}=)?$/;

/** Whether a text is the secret of a Standard Webhook. */
export function isStandardWebhookSecret(secret: string): boolean {
  const text = secret.replace(/^whsec_/, '');
  return text !== '' && base64.test(text);
}

function standardKey(secret: string): Uint8Array {
  if (isStandardWebhookSecret(secret)) {
    const bytes = atob(secret.replace(/^whsec_/, ''));
    return Uint8Array.from(bytes, (letter) => letter.charCodeAt(0));
  }
  throw new TypingError({
    code: 'misconfigured',
    operation: 'configure',
    reason: 'secret must be base64, with or without whsec_ before it',
  });
}

// In the one spelling that there is for it: any other could not be what was signed.
function signedAt(request: RequestHead, name: string): string | undefined {
  const text = request.header(name);
  return text !== null && /^[1-9]\d{0,10}$/.test(text) ? text : undefined;
}

function templateBefore(signed: string): (id: string, timestamp: string) => string {
  if (!signed.endsWith('{body}')) {
    throw new TypingError({
      code: 'misconfigured',
      operation: 'configure',
      reason: 'signed must end with {body}',
    });
  }
  const parts = signed.slice(0, -'{body}'.length).split(/(\{id\}|\{timestamp\})/);
  return (id, timestamp) => {
    let text = '';
    for (const part of parts)
      text += part === '{id}' ? id : part === '{timestamp}' ? timestamp : part;
    return text;
  };
}

/**
 * Makes the function that computes the HMAC-SHA256 of two parts. To take a key in is half of the work for a short body,
 * and memory for a hash costs as much again, so both are done once. What it returns holds until the next call.
 */
function authenticator(key: Uint8Array): (head: Uint8Array, body: Uint8Array) => Uint8Array {
  const keyed = hmac.create(sha256, key);
  const working = keyed.clone();
  const code = new Uint8Array(keyed.outputLen);
  return (head, body) => {
    keyed._cloneInto(working).update(head).update(body).digestInto(code);
    return code;
  };
}
