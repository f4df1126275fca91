import { checkedSecrets } from './secrets.ts';
import type { RequestHead } from './webhook-request.ts';
import { isSameSecret } from './equal-in-constant-time.ts';
import type { SignatureScheme, WebhookSecret } from './signature.ts';

/** Where a vendor puts a secret that signs nothing. One of the two. */
export type SharedSecretOptions = {
  readonly secret: WebhookSecret;
} & (
  | { /** The header that holds it. */ readonly header: string; readonly query?: undefined }
  | {
      /** The field of the query that holds it. */ readonly query: string;
      readonly header?: undefined;
    }
);

/**
 * A secret that comes with every request as it is, as Sendblue (`sb-signing-secret`) and Telegram
 * (`x-telegram-bot-api-secret-token`) have it. It proves no body and no time.
 *
 * @throws TypingError `misconfigured`, where there is no secret.
 */
export function sharedSecret(options: SharedSecretOptions): SignatureScheme {
  const secrets = checkedSecrets(options.secret);
  const header = options.header?.toLowerCase();
  const offeredBy = (request: RequestHead): string | null =>
    header === undefined
      ? request.url.searchParams.get(options.query ?? '')
      : request.header(header);
  return {
    appliesTo: (request) => offeredBy(request) !== null,
    read(request) {
      const offered = offeredBy(request);
      if (offered === null) return undefined;
      // All of them are compared, so that the time does not tell which one it was.
      const isOne = secrets.filter((secret) => isSameSecret(secret, offered)).length > 0;
      return { matches: () => isOne };
    },
  };
}
