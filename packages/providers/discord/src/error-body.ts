import type { TypingErrorCode } from '@typingkit/core';
import type { VendorAnswer, VendorError } from '@typingkit/core/http';
import {
  anything,
  integer,
  number,
  object,
  optional,
  otherwise,
  string,
} from '@typingkit/core/schema';

const Refused = object({
  message: string(),
  code: otherwise(optional(integer()), undefined),
  global: anything(),
  retry_after: otherwise(optional(number({ min: 0 })), undefined),
});

/**
 * What Discord's own codes mean, whatever the status. A code that is not here means what the status means.
 *
 * @see https://discord.com/developers/docs/topics/opcodes-and-status-codes#json
 */
const codes: Readonly<Record<number, TypingErrorCode>> = {
  10003: 'not-found',
  40007: 'forbidden',
  // A forum: only its threads can be written in.
  40058: 'unsupported',
  // There is no valid User-Agent. Ours is, so something between changes it.
  40333: 'rejected',
  50001: 'forbidden',
  50003: 'unsupported',
  50007: 'forbidden',
  50008: 'unsupported',
  50013: 'forbidden',
  50014: 'unauthenticated',
  50024: 'unsupported',
  50035: 'rejected',
  // The thread is archived.
  50083: 'unsupported',
  50109: 'rejected',
  50278: 'forbidden',
  // It is overloaded.
  130000: 'unavailable',
  // The thread is locked.
  160005: 'forbidden',
};

const advices: Readonly<Record<number, string>> = {
  40058: 'Type in a thread of the forum: its id is the target.',
  40333: 'Let the User-Agent header pass unchanged.',
  50001: 'Add the bot to the server, and let it see the channel.',
  50013: 'Let the bot send messages in the channel.',
};

/** Cloudflare answers for Discord where it has banned an address: https://discord.com/developers/docs/topics/rate-limits#invalid-request-limit-aka-cloudflare-bans */
const pages: Readonly<Record<number, VendorError>> = {
  403: {
    code: 'unavailable',
    reason: 'an HTML page came back instead of a response from Discord',
    advice: 'Cloudflare may have banned this address for a while: too many 401, 403 and 429.',
  },
  // It limits the address, not a channel.
  429: { scope: 'credential' },
};

/** Reads what Discord says went wrong. */
export function readDiscordError(answer: VendorAnswer): VendorError {
  const refused = Refused.read(answer.body);
  if (!refused) return pages[answer.status] ?? {};
  const { code = 0, global, message, retry_after: seconds } = refused;
  return {
    code: codes[code],
    advice: advices[code],
    // Without a code it repeats the status: `401: Unauthorized`.
    reason: answer.redact.sentence(message.replace(/^\d{3}: /, '')),
    vendorCode: code === 0 ? undefined : answer.redact.word(code),
    // The header has the same, rounded up to whole seconds.
    retryAfterMs: seconds === undefined ? undefined : seconds * 1_000,
    scope: global === true ? 'credential' : undefined,
  };
}
