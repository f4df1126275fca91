import { textOf } from '../request-fields.ts';
import type { Vendor } from '../vendor.ts';
import { connectSafelyControlRoutes } from './control-routes.ts';
import { conversationOptions } from './control-schemas.ts';
import { connectSafelyRoutes } from './routes.ts';
import { connectSafelySettings, DEFAULT_CONNECTSAFELY_SETTINGS } from './settings.ts';
import type { ConnectSafelySettings } from './settings.ts';
import { createConnectSafelyVendor } from './vendor.ts';
import type { ConnectSafelyHandle } from './vendor.ts';

const INTENTS: Readonly<Record<string, 'start' | 'message'>> = {
  'POST /messaging/typing-indicator': 'start',
  'POST /messaging/send-with-typing': 'message',
};

/** ConnectSafely's LinkedIn API. @see https://connectsafely.ai/docs */
export const connectsafely: Vendor<ConnectSafelyHandle, ConnectSafelySettings> = {
  channel: 'linkedin',
  basePath: '/linkedin',
  environment: ({ baseUrl, apiKey }) => ({
    CONNECTSAFELY_API_KEY: apiKey,
    CONNECTSAFELY_BASE_URL: baseUrl,
  }),
  settings: { schema: connectSafelySettings, defaults: DEFAULT_CONNECTSAFELY_SETTINGS },
  conversationOptions,
  bubble: { lifetimeMs: 6000, repeat: 'extends', messageClears: true },
  silences: { 'turned-off': 'one of both has turned it off' },
  failures: {
    'rate-limited': ({ retryAfterSeconds }) => ({
      status: 429,
      headers: { 'Retry-After': String(retryAfterSeconds) },
      body: { success: false, error: 'Rate limited' },
    }),
    'server-error': { status: 500, body: { success: false, error: 'Internal server error' } },
    unauthorized: { status: 401, body: { error: 'Unauthorized - Invalid credentials' } },
    'account-not-found': { status: 404, body: { error: 'Account not found' } },
    // Its own 200, and yet nothing shows.
    'success-false': ({ request: { fields } }) => ({
      status: 200,
      body: {
        success: false,
        accountId: textOf(fields, 'accountId') ?? DEFAULT_CONNECTSAFELY_SETTINGS.defaultAccountId,
        conversationUrn: textOf(fields, 'conversationUrn') ?? '',
        message: 'Failed to send typing indicator',
      },
    }),
  },
  create(parts) {
    const vendor = createConnectSafelyVendor(parts);
    return {
      handle: vendor,
      routes: connectSafelyRoutes(vendor),
      control: connectSafelyControlRoutes(vendor),
      read: ({ method, path, fields }) => ({
        conversation: textOf(fields, 'conversationUrn') ?? null,
        intent: method === 'GET' ? 'question' : (INTENTS[`${method} ${path}`] ?? null),
      }),
      onSettings() {
        vendor.connectDefaultAccount();
      },
      clear() {
        vendor.clear();
      },
    };
  },
};
