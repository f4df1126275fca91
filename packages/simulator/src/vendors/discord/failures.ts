import type { VendorFailure, VendorFailures } from '../vendor.ts';

/** Status, code and words. @see https://discord.com/developers/docs/topics/opcodes-and-status-codes#json */
const DOCUMENTED = {
  unauthorized: [401, 0, '401: Unauthorized'],
  'invalid-token': [401, 50_014, 'Invalid authentication token provided'],
  'missing-access': [403, 50_001, 'Missing Access'],
  'missing-permissions': [403, 50_013, 'Missing Permissions'],
  banned: [403, 40_007, 'The user is banned from this guild.'],
  'cannot-message-user': [403, 50_007, 'Cannot send messages to this user'],
  'no-mutual-guilds': [
    403,
    50_278,
    'Cannot send messages to this user due to having no mutual guilds',
  ],
  'thread-locked': [403, 160_005, 'Thread is locked'],
  'user-agent': [403, 40_333, 'internal network error'],
  'not-found': [404, 0, '404: Not Found'],
  'unknown-channel': [404, 10_003, 'Unknown Channel'],
  'method-not-allowed': [405, 0, '405: Method Not Allowed'],
  forum: [400, 40_058, 'Cannot send a message in a forum channel'],
  'non-text-channel': [400, 50_008, 'Cannot send messages in a non-text channel'],
  'thread-archived': [400, 50_083, 'Thread is archived'],
  'empty-message': [400, 50_006, 'Cannot send an empty message'],
  'server-error': [500, 0, '500: Internal Server Error'],
} as const;

type DiscordFailure = keyof typeof DOCUMENTED;

export function discordFailure(name: DiscordFailure): VendorFailure {
  const [status, code, message] = DOCUMENTED[name];
  return { status, body: { message, code } };
}

/** An id in the path that is none. */
export function notASnowflake(id: string): VendorFailure {
  const problem = { code: 'NUMBER_TYPE_COERCE', message: `Value "${id}" is not snowflake.` };
  const errors = { channel_id: { _errors: [problem] } };
  return { status: 400, body: { message: 'Invalid Form Body', code: 50_035, errors } };
}

/** Which limit it is: that of the bot on one route, that of the bot over all, that of the resource. */
export type LimitScope = 'user' | 'global' | 'shared';

/** The body says when to come back to the millisecond, the header in whole seconds. */
export function tooManyRequests(waitMs: number, scope: LimitScope): VendorFailure {
  const seconds = waitMs / 1000;
  const what = scope === 'shared' ? 'The resource is' : 'You are';
  return {
    status: 429,
    headers: {
      'Retry-After': String(Math.ceil(seconds)),
      'X-RateLimit-Scope': scope,
      ...(scope === 'global'
        ? { 'X-RateLimit-Global': 'true' }
        : { 'X-RateLimit-Remaining': '0', 'X-RateLimit-Reset-After': String(seconds) }),
    },
    body: {
      message: `${what} being rate limited.`,
      retry_after: seconds,
      global: scope === 'global',
    },
  };
}

/** What an address gets that made too many invalid requests. It is Cloudflare's, not Discord's. */
export const cloudflareBan: VendorFailure = page(
  403,
  'Access denied | discord.com used Cloudflare to restrict access',
);

/** All of them, to be had on demand. */
export const discordFailures: VendorFailures = {
  'rate-limited': ({ retryAfterSeconds }) => tooManyRequests(justBefore(retryAfterSeconds), 'user'),
  'rate-limited-globally': ({ retryAfterSeconds }) =>
    tooManyRequests(justBefore(retryAfterSeconds), 'global'),
  'rate-limited-resource': ({ retryAfterSeconds }) =>
    tooManyRequests(justBefore(retryAfterSeconds), 'shared'),
  'cloudflare-ban': cloudflareBan,
  'cloudflare-rate-limit': ({ retryAfterSeconds }) => ({
    ...page(429, 'Error 1015: You are being rate limited'),
    headers: { 'Content-Type': 'text/html', 'Retry-After': String(retryAfterSeconds) },
  }),
  ...documented(),
};

/** A fraction, as Discord's own always are: the header then has the whole seconds. */
function justBefore(seconds: number): number {
  return Math.max(0, Math.round(seconds * 1000) - 430);
}

function documented(): Record<DiscordFailure, VendorFailure> {
  const names = Object.keys(DOCUMENTED) as DiscordFailure[];
  const entries = names.map((name) => [name, discordFailure(name)]);
  // The names are those of the table, and each has got its failure.
  return Object.fromEntries(entries) as Record<DiscordFailure, VendorFailure>;
}

function page(status: number, title: string): VendorFailure {
  const body = `<!DOCTYPE html><html><head><title>${title}</title></head></html>`;
  return { status, headers: { 'Content-Type': 'text/html' }, body };
}
