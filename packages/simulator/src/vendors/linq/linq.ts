import type { Vendor } from '../vendor.ts';
import { linqControlRoutes } from './control-routes.ts';
import { linqChatChange, linqChatOptions } from './control-schemas.ts';
import { LINQ_ERRORS, linqErrorBody } from './errors.ts';
import type { LinqErrorCode } from './errors.ts';
import { linqRoutes } from './routes.ts';
import { DEFAULT_LINQ_SETTINGS, linqSettings } from './settings.ts';
import type { LinqSettings } from './settings.ts';
import { LINQ_SILENCES } from './silences.ts';
import { createLinqVendor } from './vendor.ts';
import type { LinqHandle } from './vendor.ts';

/** Linq's Partner API v3: iMessage. @see https://docs.linqapp.com */
export const linq: Vendor<LinqHandle, LinqSettings> = {
  channel: 'imessage',
  basePath: '/api/partner',
  environment: ({ baseUrl, apiKey }) => ({ LINQ_API_KEY: apiKey, LINQ_API_BASE_URL: baseUrl }),
  settings: { schema: linqSettings, defaults: DEFAULT_LINQ_SETTINGS },
  conversationOptions: linqChatOptions,
  conversationChange: linqChatChange,
  // The lifetime is that of the era, which each start is given.
  bubble: { lifetimeMs: 87_000, repeat: 'extends', messageClears: true },
  silences: LINQ_SILENCES,
  failures: {
    'rate-limited': ({ retryAfterSeconds }) => ({
      headers: { 'Retry-After': String(retryAfterSeconds) },
      ...failure(1007, retryAfterSeconds),
    }),
    'server-error': failure(3006),
    unauthorized: failure(2004),
    'access-denied': failure(2005),
    'chat-being-created': failure(2009),
    'chat-unavailable': failure(2013),
    'not-found': failure(2001),
  },
  create(parts) {
    const vendor = createLinqVendor(parts);
    return {
      handle: vendor,
      routes: linqRoutes(vendor),
      control: linqControlRoutes(vendor),
      read({ method, path }) {
        const [, chatId, rest] = /^\/v3\/chats\/([^/]+)(?:\/(\w+))?/.exec(path) ?? [];
        const acts = { POST: 'start', DELETE: 'stop' } as const;
        const isAct = method === 'POST' || method === 'DELETE';
        const conversation = chatId ?? null;
        if (method === 'GET') return { conversation, intent: 'question' };
        if (rest === 'typing' && isAct) return { conversation, intent: acts[method] };
        return { conversation, intent: rest === 'messages' ? 'message' : null };
      },
      clear() {
        vendor.clear();
      },
      close() {
        vendor.webhooks.stop();
      },
    };
  },
};

function failure(
  code: LinqErrorCode,
  retryAfterSeconds?: number,
): { status: number; body: object } {
  const body = linqErrorBody(code, { docUrl: true, traceId: null, retryAfterSeconds });
  return { status: LINQ_ERRORS[code].status, body };
}
