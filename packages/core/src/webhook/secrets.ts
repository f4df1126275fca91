import { TypingError } from '../contract/typing-error.ts';
import type { WebhookSecret } from './signature.ts';

/** The secrets that are set. Empty where there is none, or something that is not a secret. */
export function secretsIn(secret: unknown): readonly string[] {
  const all: unknown[] = Array.isArray(secret) ? secret : [secret];
  const set = all.filter((one) => one !== undefined && one !== '');
  const texts = set.filter((one) => typeof one === 'string' && one.trim() !== '');
  return texts.length === set.length ? texts.map(String) : [];
}

/** @throws TypingError `misconfigured`, where there is none. Quotes none. */
export function checkedSecrets(secret: WebhookSecret): readonly string[] {
  const secrets = secretsIn(secret);
  if (secrets.length > 0) return secrets;
  throw new TypingError({
    code: 'misconfigured',
    operation: 'configure',
    reason:
      'secret must be the signing secret of the webhook, or a list that contains at least one',
  });
}
