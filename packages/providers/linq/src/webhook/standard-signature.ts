import { Webhook } from 'standardwebhooks';
import { type ReadSignature, signedSeconds } from './signed-request.ts';

/** Whether a text is the key of a Standard Webhook: base64, with or without `whsec_` before it. */
export function isStandardSecret(secret: string): boolean {
  try {
    // The library asks for no more than one byte.
    return new Webhook(secret) instanceof Webhook;
  } catch {
    return false;
  }
}

/**
 * The scheme of Standard Webhooks: `webhook-id`, `webhook-timestamp`, and `webhook-signature` with one signature or
 * several.
 *
 * @see https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
 */
export function standardSignature(secrets: readonly string[]): ReadSignature {
  const webhooks = secrets.map((secret) => new Webhook(secret));
  return (headers) => {
    const id = headers.get('webhook-id');
    const timestampSeconds = signedSeconds(headers.get('webhook-timestamp'));
    const offered = headers.get('webhook-signature')?.split(' ');
    if (!id || timestampSeconds === undefined || !offered) return undefined;
    const signedAt = new Date(timestampSeconds * 1_000);
    return {
      timestampSeconds,
      // Not `verify` of the library: it takes the time from the clock of the machine alone, and parses the body.
      matches: (body) =>
        Promise.resolve(
          webhooks.some((webhook) => {
            const expected = webhook.sign(id, signedAt, body);
            return offered.some((signature) => isEqualInConstantTime(signature, expected));
          }),
        ),
    };
  };
}

// How long it takes must not tell how much of a signature was guessed. Its length is no secret.
function isEqualInConstantTime(one: string, other: string): boolean {
  if (one.length !== other.length) return false;
  let difference = 0;
  for (let index = 0; index < one.length; index += 1)
    difference |= one.charCodeAt(index) ^ other.charCodeAt(index);
  return difference === 0;
}
