import { z } from 'zod';

import { failureResponse } from '../failure-answer.ts';
import { plainSettings, plainSettingsShape } from '../plain-settings.ts';
import type { PlainSettings } from '../plain-settings.ts';
import { requestFields, textOf } from '../request-fields.ts';
import type { MessageRequest, PersonTypes, Vendor, VendorFailure } from '../vendor.ts';
import { blueBubblesChatOptions, newBlueBubblesChat, newMessageBody } from './chats.ts';
import type { BlueBubblesChat, BlueBubblesChatOptions } from './chats.ts';
import {
  blueBubblesFailures,
  notFound,
  unauthorized,
  withoutHelper,
  withoutPrivateApi,
} from './failures.ts';

export interface BlueBubblesSettings extends PlainSettings {
  /** Whether the owner has switched the Private API on. Default: `true`. */
  readonly privateApi: boolean;
  /** Whether its helper in Messages is connected. Default: `true`. */
  readonly helperConnected: boolean;
  /** Whether it is Photon's server, which has the same API and takes the key in a header. Default: `false`. */
  readonly isPhoton: boolean;
}

/** What a test does to the simulated BlueBubbles server from behind. An id is the guid of a chat. */
export interface BlueBubblesHandle {
  createConversation(options?: BlueBubblesChatOptions): BlueBubblesChat;
  conversations(): readonly BlueBubblesChat[];
  /** The person writes. Answers the body of the webhook. */
  receiveMessage(id: string, text?: string): object;
  sendMessage(id: string): void;
  messageRequest(id: string, text: string): MessageRequest;
  /** Answers the body of the webhook; `null` in a group, of which the server tells nothing. */
  personTypes(id: string, what: PersonTypes): object | null;
}

const TYPING_PATH = /^\/api\/v1\/chat\/([^/]+)\/typing$/;

/** The REST API of a BlueBubbles server, as far as it is about typing. @see https://docs.bluebubbles.app */
export const bluebubbles: Vendor<BlueBubblesHandle, BlueBubblesSettings> = {
  channel: 'imessage',
  basePath: '/bluebubbles',
  environment: ({ baseUrl, apiKey }) => ({
    BLUEBUBBLES_SERVER_URL: baseUrl,
    BLUEBUBBLES_PASSWORD: apiKey,
  }),
  settings: {
    schema: z.strictObject({
      ...plainSettingsShape,
      privateApi: z.boolean(),
      helperConnected: z.boolean(),
      isPhoton: z.boolean(),
    }),
    defaults: {
      ...plainSettings('bluebubbles-simulator-password').defaults,
      privateApi: true,
      helperConnected: true,
      isPhoton: false,
    },
  },
  conversationOptions: blueBubblesChatOptions,
  // Nobody has measured it: the shortest that others publish on iMessage.
  bubble: { lifetimeMs: 15_000, repeat: 'extends', messageClears: true },
  silences: { 'no-typing': 'Messages shows typing on iMessage alone' },
  failures: blueBubblesFailures,
  // The server takes it by any of these names.
  secrets: { fields: ['guid', 'password', 'token'] },
  create({ settings, schedule, bubbles, address, personTyped }) {
    const chats = new Map<string, BlueBubblesChat>();

    const existing = (id: string): BlueBubblesChat => {
      const chat = chats.get(id);
      if (chat === undefined) throw new Error(`The simulated BlueBubbles has no chat ${id}.`);
      return chat;
    };

    const typing = (method: string, id: string): Response | VendorFailure => {
      if (!settings().privateApi) return withoutPrivateApi;
      if (!settings().helperConnected) return withoutHelper;
      const chat = chats.get(id);
      // Nothing is looked up: a chat that there is not is a success, too. And what should stop it starts it again.
      if (chat !== undefined) {
        const isText = chat.service === 'SMS' || chat.service === 'RCS';
        bubbles.start(id, { hiddenBecause: isText ? 'no-typing' : null });
      }
      const what = method === 'DELETE' ? 'stopped' : 'started';
      return Response.json({ status: 200, message: `Successfully ${what} typing!` });
    };

    const answer = async (request: Request): Promise<Response | VendorFailure> => {
      const { method, url, headers } = request;
      const { pathname, searchParams } = new URL(url);
      const given = settings().isPhoton
        ? headers.get('x-api-key')
        : (searchParams.get('guid') ?? searchParams.get('password') ?? searchParams.get('token'));
      if (!settings().apiKeys.includes(given?.trim() ?? '')) return unauthorized;
      if (method === 'GET' && pathname === '/api/v1/server/info') {
        const { privateApi, helperConnected } = settings();
        const data = {
          private_api: privateApi,
          helper_connected: helperConnected,
          detected_icloud: 'owner@example.com',
        };
        return Response.json({ status: 200, message: 'Successfully fetched metadata!', data });
      }
      const [, guid] = TYPING_PATH.exec(pathname) ?? [];
      if (guid !== undefined && (method === 'POST' || method === 'DELETE'))
        return typing(method, decodeURIComponent(guid));
      if (method !== 'POST' || pathname !== '/api/v1/message/text') return notFound;
      const contentType = request.headers.get('content-type') ?? '';
      const fields = requestFields(new URLSearchParams(), contentType, await request.text());
      const id = textOf(fields, 'chatGuid') ?? '';
      if (!chats.has(id)) return notFound;
      bubbles.message(id);
      return Response.json({ status: 200, message: 'Message sent!', data: {} });
    };

    return {
      handle: {
        createConversation(options = {}) {
          const chat = newBlueBubblesChat(options);
          bubbles.open(chat.id);
          chats.set(chat.id, chat);
          return chat;
        },
        conversations: () => [...chats.values()],
        receiveMessage: (id, text = 'Hi') =>
          newMessageBody(existing(id), text, schedule.clock.now()),
        sendMessage(id) {
          bubbles.message(id);
        },
        messageRequest(id, message) {
          const { baseUrl, apiKey } = address();
          const tempGuid = `temp-${String(schedule.clock.now())}`;
          return {
            url: `${baseUrl}/api/v1/message/text?password=${encodeURIComponent(apiKey)}`,
            method: 'POST',
            headers: { 'content-type': 'application/json' },
            body: JSON.stringify({ chatGuid: existing(id).id, tempGuid, message }),
          };
        },
        personTypes(id, what) {
          const { isGroup } = existing(id);
          personTyped(id, what === 'stopped' ? 'stopped' : 'started');
          if (typeof what === 'object') {
            schedule.at(schedule.clock.now() + what.forMs, () => {
              personTyped(id, 'stopped');
            });
          }
          if (isGroup) return null;
          return { type: 'typing-indicator', data: { display: what !== 'stopped', guid: id } };
        },
      },
      routes: {
        async fetch(request) {
          const answered = await answer(request);
          return answered instanceof Response ? answered : failureResponse(answered);
        },
      },
      read({ method, path, fields }) {
        const [, guid] = TYPING_PATH.exec(path) ?? [];
        if (method === 'GET') return { conversation: null, intent: 'question' };
        // Also a DELETE: that is what the server makes of it.
        if (guid !== undefined) return { conversation: decodeURIComponent(guid), intent: 'start' };
        const conversation = textOf(fields, 'chatGuid') ?? null;
        return { conversation, intent: conversation === null ? null : 'message' };
      },
      clear() {
        chats.clear();
      },
    };
  },
};
