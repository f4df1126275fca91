import type { TypingErrorCode } from '@typingkit/core';
import { lookUp, type ReadError, type VendorAnswer, type VendorError } from '@typingkit/core/http';
import { anything, literal, object, otherwise, string } from '@typingkit/core/schema';

const Refused = object({
  ok: literal(false),
  error: string(),
  detail: anything(),
  needed: anything(),
  response_metadata: otherwise(object({ messages: anything() }), { messages: undefined }),
});

/**
 * Slack answers 200 and says in the body what is wrong.
 *
 * @see https://docs.slack.dev/reference/methods/assistant.threads.setStatus#errors
 */
const errors: Partial<Record<TypingErrorCode, readonly string[]>> = {
  unauthenticated: [
    'account_inactive',
    'invalid_auth',
    'not_authed',
    'token_expired',
    'token_revoked',
    'two_factor_setup_required',
  ],
  forbidden: [
    'access_denied',
    'accesslimited',
    'ekm_access_denied',
    'enterprise_is_restricted',
    'missing_scope',
    'no_permission',
    'not_allowed_token_type',
    'not_authorized',
    'org_login_required',
    'team_access_not_granted',
  ],
  // A thread is gone with the message that began it.
  'not-found': ['channel_not_found', 'invalid_thread_ts', 'thread_not_found'],
  unsupported: [
    'deprecated_endpoint',
    'feature_disabled',
    'method_deprecated',
    'method_not_supported_for_channel_type',
    'unknown_method',
  ],
  'rate-limited': ['ratelimited'],
  unavailable: ['fatal_error', 'internal_error', 'service_unavailable'],
};

// Object.entries forgets which keys there are.
const codes: ReadonlyMap<string, TypingErrorCode> = new Map(
  (Object.entries(errors) as [TypingErrorCode, readonly string[]][]).flatMap(([code, words]) =>
    words.map((word) => [word, code] as const),
  ),
);

const retired = 'Slack no longer takes texts from this app. Use the option sessions.';
const notAnAgent =
  'The app is not declared as an agent. Declare it as one in its settings at api.slack.com/apps, or leave out the option sessions.';
const noSessions = 'Slack offers no agent sessions to this app. Leave out the option sessions.';
const sharedAdvice: Readonly<Record<string, string>> = {
  channel_not_found: 'Check channelId, and invite the bot to the channel.',
  invalid_thread_ts: 'Give the ts of the message that begins the thread. It may have been deleted.',
};

/** Reads what went wrong with a text, or with a question. */
export const readTextError: ReadError = errorReader({
  deprecated_endpoint: retired,
  method_deprecated: retired,
  unknown_method: retired,
  method_not_supported_for_channel_type:
    'In a session channel use the option sessions, and threadTs: null.',
});

/** Reads what went wrong with a state. */
export const readStateError: ReadError = errorReader({
  deprecated_endpoint: noSessions,
  feature_disabled: notAnAgent,
  method_deprecated: noSessions,
  unknown_method: noSessions,
});

function errorReader(advice: Readonly<Record<string, string>>): ReadError {
  return (answer: VendorAnswer): VendorError => {
    const { redact } = answer;
    const traceId = redact.word(answer.header('x-slack-req-id'));
    const refused = Refused.read(answer.body);
    if (!refused) return { traceId };
    const { error, detail, needed, response_metadata: more } = refused;
    const [word, scope] = [redact.word(error), redact.word(needed)];
    const [firstMessage] = Array.isArray(more.messages) ? more.messages : [];
    return {
      // A new word says nothing of its own where the status already tells of a failure.
      code: codes.get(error) ?? (answer.status === 200 ? 'rejected' : undefined),
      reason:
        redact.sentence(detail) ?? redact.sentence(firstMessage) ?? word?.replaceAll('_', ' '),
      advice:
        scope === undefined
          ? (lookUp(advice, error) ?? lookUp(sharedAdvice, error))
          : `Add the scope ${scope} to the app, and install it again.`,
      vendorCode: word,
      traceId,
    };
  };
}
