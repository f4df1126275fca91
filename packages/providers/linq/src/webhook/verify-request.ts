import { legacySignature } from './legacy-signature.ts';
import { readText } from './read-text.ts';
import type { SignedRequest } from './signed-request.ts';
import { isStandardSecret, standardSignature } from './standard-signature.ts';
import type { WebhookRequest } from './webhook-request.ts';

/** The body of a request that a secret has signed, or the answer to one that none has. */
export type Verified = { readonly body: string } | { readonly refusal: Response };

/** How far the clock of the sender may be from ours, either way. Standard Webhooks asks for it, and so does Linq. */
export const toleranceSeconds: number = 5 * 60;

const standardHeaders = ['webhook-id', 'webhook-timestamp', 'webhook-signature'];

/** Makes the function that lets signed requests pass. It parses nothing, and reads no body of a request that is stale. */
export function verifier(
  secrets: readonly string[],
  legacySignatures: boolean,
  now: () => number,
): (request: WebhookRequest) => Promise<Verified> {
  const standard = standardSignature(secrets.filter(isStandardSecret));
  const legacy = legacySignatures ? legacySignature(secrets) : undefined;

  function signatureOf({ headers }: WebhookRequest): SignedRequest | undefined {
    const isStandard = standardHeaders.some((name) => headers.has(name));
    // A request that is signed in the better scheme is never judged by the other one.
    return isStandard ? standard(headers) : legacy?.(headers);
  }

  return async (request) => {
    const signature = signatureOf(request);
    if (!signature) return refuse(401, 'The request is not signed as it should be.');
    const nowSeconds = Math.floor(now() / 1_000);
    if (Math.abs(nowSeconds - signature.timestampSeconds) > toleranceSeconds)
      return refuse(401, 'The timestamp is more than 5 minutes from the time here.');
    const body = await readText(request);
    if ('text' in body && (await signature.matches(body.text))) return { body: body.text };
    if ('text' in body || body.problem === 'not-utf-8')
      return refuse(401, 'The signature does not match.');
    return body.problem === 'too-large'
      ? refuse(413, 'The body is too large.')
      : refuse(400, 'The body broke off.');
  };
}

function refuse(status: number, sentence: string): Verified {
  return { refusal: new Response(`${sentence}\n`, { status }) };
}
