import { failureResponse } from '../failure-answer.ts';
import { createRateLimiter } from '../rate-limit.ts';
import type { RateLimit } from '../rate-limit.ts';
import { requestFields, textOf } from '../request-fields.ts';
import type { VendorBubbles, VendorFailure } from '../vendor.ts';
import { channelBody, invisibleBecause, refusalOf } from './channels.ts';
import type { DiscordChannel } from './channels.ts';
import { cloudflareBan, discordFailure, notASnowflake, tooManyRequests } from './failures.ts';
import { BOT, messageBody } from './messages.ts';
import type { DiscordSettings } from './settings.ts';

export interface DiscordApiParts {
  readonly settings: () => DiscordSettings;
  readonly nowMs: () => number;
  readonly bubbles: VendorBubbles;
  readonly channels: Map<string, DiscordChannel>;
}

export interface DiscordApi {
  fetch(request: Request): Promise<Response>;
  clear(): void;
}

/** A channel's own path, and what there is below it. */
export const CHANNEL_PATH: RegExp = /^\/channels\/([^/]+)(?:\/(typing|messages))?\/?$/;

/** @see https://discord.com/developers/docs/reference#user-agent */
const USER_AGENT = /^DiscordBot \(\S+, [^)]+\)/;

/** What answers the bot's requests. */
export function discordApi({ settings, nowMs, bubbles, channels }: DiscordApiParts): DiscordApi {
  const limiter = createRateLimiter();
  let invalidAtMs: number[] = [];

  const waitMs = (key: string, limit: RateLimit | null): number | null => {
    if (limit === null) return null;
    const { allowed, oldestAtMs } = limiter.take(
      key,
      limit.requests,
      nowMs() - limit.perMs,
      nowMs(),
    );
    return allowed ? null : oldestAtMs + limit.perMs - nowMs();
  };

  /** What is asked of every request, whatever it wants. */
  const refusedAtTheDoor = ({ headers }: Request): VendorFailure | null => {
    if (settings().requiresUserAgent && !USER_AGENT.test(headers.get('user-agent') ?? ''))
      return discordFailure('user-agent');
    const [, token = ''] = /^Bot (.+)$/.exec(headers.get('authorization') ?? '') ?? [];
    if (!settings().apiKeys.includes(token)) return discordFailure('unauthorized');
    const wait = waitMs(`all of ${token}`, settings().globalRateLimit);
    return wait === null ? null : tooManyRequests(wait, 'global');
  };

  const inChannel = async (
    request: Request,
    id: string,
    what: string | undefined,
  ): Promise<Response | VendorFailure> => {
    if (!/^\d+$/.test(id)) return notASnowflake(id);
    const channel = channels.get(id);
    if (channel === undefined) return discordFailure('unknown-channel');
    if (request.method !== (what === undefined ? 'GET' : 'POST'))
      return discordFailure('method-not-allowed');
    const wait = waitMs(`${what ?? ''} ${id}`, settings().rateLimit);
    if (wait !== null) return tooManyRequests(wait, 'user');
    if (what === undefined) return invisibleBecause(channel) ?? Response.json(channelBody(channel));
    if (what === 'messages') return message(request, channel);
    return refusalOf(channel) ?? typing(channel);
  };

  const typing = ({ id, slowModeSeconds }: DiscordChannel): Response => {
    bubbles.start(id);
    if (slowModeSeconds === 0) return new Response(null, { status: 204 });
    return Response.json({
      message_send_cooldown_ms: slowModeSeconds * 1000,
      thread_create_cooldown_ms: 0,
    });
  };

  const message = async (
    request: Request,
    channel: DiscordChannel,
  ): Promise<Response | VendorFailure> => {
    // It opens an archived thread again.
    const opened = { ...channel, isArchived: false };
    const refusal = refusalOf(opened);
    if (refusal !== null) return refusal;
    const contentType = request.headers.get('content-type') ?? '';
    const fields = requestFields(new URLSearchParams(), contentType, await request.text());
    const content = textOf(fields, 'content');
    if (content === undefined) return discordFailure('empty-message');
    channels.set(channel.id, opened);
    bubbles.message(channel.id);
    return Response.json(messageBody(opened, BOT, content, nowMs()));
  };

  const answer = async (request: Request): Promise<Response | VendorFailure> => {
    const refusal = refusedAtTheDoor(request);
    if (refusal !== null) return refusal;
    const { pathname } = new URL(request.url);
    if (pathname === '/users/@me') return Response.json(BOT);
    const [, id, what] = CHANNEL_PATH.exec(pathname) ?? [];
    return id === undefined ? discordFailure('not-found') : inChannel(request, id, what);
  };

  const isBanned = (): boolean => {
    const limit = settings().invalidRequestLimit;
    if (limit === null) return false;
    invalidAtMs = invalidAtMs.filter((atMs) => atMs > nowMs() - limit.perMs);
    return invalidAtMs.length >= limit.requests;
  };

  return {
    async fetch(request) {
      if (isBanned()) return failureResponse(cloudflareBan);
      const answered = await answer(request);
      const response = answered instanceof Response ? answered : failureResponse(answered);
      if (response.status === 401 || response.status === 403 || response.status === 429)
        invalidAtMs.push(nowMs());
      return response;
    },
    clear() {
      limiter.clear();
      invalidAtMs = [];
    },
  };
}
