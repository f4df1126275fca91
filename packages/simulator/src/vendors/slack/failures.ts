import type { VendorFailure, VendorFailures } from '../vendor.ts';

/**
 * The words that Slack has for what is wrong with a typing request. All of them come with status 200.
 * @see https://docs.slack.dev/reference/methods/assistant.threads.setStatus#errors
 */
const WORDS = [
  'not_authed',
  'invalid_auth',
  'token_revoked',
  'token_expired',
  'account_inactive',
  'no_permission',
  'access_denied',
  'accesslimited',
  'ekm_access_denied',
  'enterprise_is_restricted',
  'not_allowed_token_type',
  'team_access_not_granted',
  'org_login_required',
  'channel_not_found',
  'invalid_thread_ts',
  'thread_not_found',
  'method_not_supported_for_channel_type',
  'feature_disabled',
  'unknown_method',
  'method_deprecated',
  'invalid_arguments',
  'invalid_array_arg',
  'request_timeout',
  'no_text',
  'not_in_channel',
  'is_archived',
  'internal_error',
  'fatal_error',
] as const;

type SlackError = (typeof WORDS)[number];

export function slackFailure(error: SlackError, more: object = {}): VendorFailure {
  return { status: 200, body: { ok: false, error, ...more } };
}

export function missingScope(needed: string, scopes: readonly string[]): VendorFailure {
  const body = { ok: false, error: 'missing_scope', needed, provided: scopes.join(',') };
  return { status: 200, body };
}

/** One of the few failures with a status of its own. */
export function rateLimited(retryAfterSeconds: number): VendorFailure {
  return {
    status: 429,
    headers: { 'Retry-After': String(retryAfterSeconds) },
    body: { ok: false, error: 'ratelimited' },
  };
}

/** All of them, to be had on demand, with hyphens in their names. */
export const slackFailures: VendorFailures = {
  ...Object.fromEntries(WORDS.map((word) => [word.replaceAll('_', '-'), slackFailure(word)])),
  'missing-scope': missingScope('chat:write', ['app_mentions:read']),
  'rate-limited': ({ retryAfterSeconds }) => rateLimited(retryAfterSeconds),
  'server-error': { status: 503, body: 'upstream connect error' },
};
