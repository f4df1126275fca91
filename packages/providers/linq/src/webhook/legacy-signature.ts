import { type ReadSignature, signedSeconds } from './signed-request.ts';

/**
 * Linq's own scheme from before Standard Webhooks: the secret as it is written is the key, and the signature, in hex, is
 * over the timestamp and the body.
 *
 * @see https://docs.linqapp.com/guides/webhooks
 */
export function legacySignature(secrets: readonly string[]): ReadSignature {
  const encoder = new TextEncoder();
  const algorithm = { name: 'HMAC', hash: 'SHA-256' };
  const importKey = (secret: string): Promise<CryptoKey> =>
    crypto.subtle.importKey('raw', encoder.encode(secret), algorithm, false, ['verify']);
  // Not before the first request: Workers forbid it outside of one.
  let imported: Promise<readonly CryptoKey[]> | undefined;

  return (headers) => {
    const timestampSeconds = signedSeconds(headers.get('x-webhook-timestamp'));
    const signature = bytesOfHex(headers.get('x-webhook-signature') ?? '');
    if (timestampSeconds === undefined || !signature) return undefined;
    return {
      timestampSeconds,
      async matches(body) {
        imported ??= Promise.all(secrets.map(importKey));
        const signed = encoder.encode(`${timestampSeconds}.${body}`);
        for (const key of await imported) {
          // Web Crypto compares in constant time.
          if (await crypto.subtle.verify(algorithm, key, signature, signed)) return true;
        }
        return false;
      },
    };
  };
}

function bytesOfHex(hex: string): Uint8Array<ArrayBuffer> | undefined {
  if (!/^[0-9a-f]{64}$/.test(hex)) return undefined;
  return Uint8Array.from({ length: 32 }, (_, index) =>
    Number.parseInt(hex.slice(2 * index, 2 * index + 2), 16),
  );
}
