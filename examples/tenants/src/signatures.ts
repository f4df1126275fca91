import {
  hmacSignature,
  sharedSecret,
  type SignatureScheme,
  standardWebhookSignature,
} from '@typingkit/core/webhook';

/** How each platform proves who it is. */
export const signatures = {
  imessage: (secret) => standardWebhookSignature({ secret }),
  line: (secret) => hmacSignature({ secret, header: 'x-line-signature', encoding: 'base64' }),
  messenger: ofMeta,
  telegram: (secret) => sharedSecret({ secret, header: 'x-telegram-bot-api-secret-token' }),
  whatsapp: ofMeta,
} satisfies Record<string, (secret: string) => SignatureScheme>;

/** The channels of this backend. */
export type Channel = keyof typeof signatures;

function ofMeta(secret: string): SignatureScheme {
  const header = 'x-hub-signature-256';
  return hmacSignature({ secret, header, prefix: 'sha256=', encoding: 'hex' });
}
