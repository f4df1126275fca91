import { createHmac } from 'node:crypto';
import { createMemoryState } from '@chat-adapter/state-memory';
import { createWhatsAppAdapter, type WhatsAppAdapterConfig } from '@chat-adapter/whatsapp';
import { WhatsAppClient } from '@kapso/whatsapp-cloud-api';
import type { WhatsAppTarget } from '@typingkit/meta';
import { type Adapter, Chat } from 'chat';
import { WhatsAppAPI } from 'whatsapp-api-js';
import type { Witness, Witnesses } from '../witness.ts';

const appSecret = 'a secret';

type Logger = Exclude<WhatsAppAdapterConfig['logger'], undefined>;

/** It would print each failure. */
const silent: Logger = {
  debug() {},
  info() {},
  warn() {},
  error() {},
  child: () => silent,
};

/** What all of them have to be told. */
function known({ messageId, from, phoneNumberId }: WhatsAppTarget) {
  if (from === undefined || phoneNumberId === undefined) throw new TypeError('An id is missing.');
  return { messageId, from, phoneNumberId };
}

function kapso(client: WhatsAppClient): Witness<WhatsAppTarget> {
  return {
    start(target) {
      const { messageId, phoneNumberId } = known(target);
      const typingIndicator = { type: 'text' } as const;
      return client.messages.markRead({ phoneNumberId, messageId, typingIndicator });
    },
  };
}

/** It types for the newest message that it has received, so it has to receive one first. */
async function receive(chat: Chat, target: WhatsAppTarget): Promise<void> {
  const { messageId, from, phoneNumberId } = known(target);
  const message = { from, id: messageId, timestamp: '1', type: 'text', text: { body: 'Hi' } };
  const value = {
    messaging_product: 'whatsapp',
    metadata: { display_phone_number: '15550783881', phone_number_id: phoneNumberId },
    contacts: [{ profile: { name: 'Ada' }, wa_id: from }],
    messages: [message],
  };
  const entry = [{ id: '1', changes: [{ field: 'messages', value }] }];
  const body = JSON.stringify({ object: 'whatsapp_business_account', entry });
  const signature = createHmac('sha256', appSecret).update(body).digest('hex');
  const pending: Promise<unknown>[] = [];
  await chat.webhooks['whatsapp']?.(
    new Request('https://bot.example/webhook', {
      method: 'POST',
      headers: { 'x-hub-signature-256': `sha256=${signature}` },
      body,
    }),
    { waitUntil: (work) => pending.push(work) },
  );
  await Promise.all(pending);
}

function chatAdapter({
  baseUrl,
  apiKey,
}: {
  readonly baseUrl: string;
  readonly apiKey: string;
}): Witness<WhatsAppTarget> {
  return {
    async start(target) {
      const { from, phoneNumberId } = known(target);
      const adapter = createWhatsAppAdapter({
        apiUrl: baseUrl,
        accessToken: apiKey,
        phoneNumberId,
        appSecret,
        verifyToken: 'a token',
        logger: silent,
      });
      // Its own types do not fit each other where exactOptionalPropertyTypes is on.
      const adapters = { whatsapp: adapter as unknown as Adapter };
      const state = createMemoryState();
      const chat = new Chat({ userName: 'bot', adapters, state, logger: silent });
      await chat.initialize();
      await receive(chat, target);
      await adapter.startTyping(adapter.encodeThreadId({ phoneNumberId, userWaId: from }));
      await chat.shutdown();
    },
  };
}

/** A package by its name types through Meta; the same name and "proxy" with the header of Kapso's own API. */
export const witnesses: Witnesses<WhatsAppTarget> = {
  '@kapso/whatsapp-cloud-api': ({ baseUrl, apiKey }) =>
    kapso(new WhatsAppClient({ baseUrl, accessToken: apiKey, graphVersion: 'v25.0' })),
  '@kapso/whatsapp-cloud-api proxy': ({ baseUrl, apiKey }) =>
    kapso(new WhatsAppClient({ baseUrl, kapsoApiKey: apiKey, graphVersion: 'v25.0' })),
  '@chat-adapter/whatsapp': chatAdapter,
  'whatsapp-api-js': ({ baseUrl, apiKey }) => {
    // Its host is fixed, so the way there is changed instead.
    const rerouted: typeof fetch = (input, init) =>
      fetch(new Request(input, init).url.replace('https://graph.facebook.com', baseUrl), init);
    const ponyfill = { fetch: rerouted };
    const api = new WhatsAppAPI({ token: apiKey, secure: false, v: 'v25.0', ponyfill });
    return {
      start(target) {
        const { messageId, phoneNumberId } = known(target);
        return Promise.resolve(api.markAsRead(phoneNumberId, messageId, 'text'));
      },
    };
  },
};
