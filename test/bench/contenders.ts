import { connectSafely } from '@typingkit/connectsafely';
import { createTyping } from '@typingkit/core';
import type { FetchFunction } from '@typingkit/core/http';
import { linq } from '@typingkit/linq';
import { floorOverKy, floorOverUndici } from './floors.ts';
import { apiKey, type Conversation, pathOf, type Vendor } from './vendors.ts';

/** One way to make a typing call. */
export interface Client {
  /** Makes one, to its end. */
  call(this: void, conversation: Conversation): Promise<unknown>;
  /** Says that the reply is out: without that a second call would be saved. */
  reply?(this: void, conversation: Conversation): void;
}

const authorization = `Bearer ${apiKey}`;
const json = { 'content-type': 'application/json' };

/**
 * Who is measured: what each costs for one typing call to an origin. Each loads what it needs, and only that: where
 * undici is loaded, Node's own `fetch` goes through it.
 */
export const contenders = {
  'undici.request': async (vendor, origin) => {
    const { request } = await import('undici');
    return {
      call: async (conversation) => {
        const url = `${origin}${pathOf(vendor, conversation)}`;
        const answer = await request(url, optionsOf(vendor, conversation));
        return read(answer.statusCode, await answer.body.text());
      },
    };
  },
  fetch: async (vendor, origin) => ({
    call: async (conversation) => {
      const url = `${origin}${pathOf(vendor, conversation)}`;
      const answer = await fetch(url, optionsOf(vendor, conversation));
      return read(answer.status, await answer.text());
    },
  }),
  ky: async (vendor, origin) => {
    const { default: ky } = await import('ky');
    return {
      call: async (conversation) => {
        const { conversationUrn } = conversation;
        const answer = await ky.post(`${origin}${pathOf(vendor, conversation)}`, {
          headers: { authorization },
          ...(vendor === 'connectsafely' && { json: { conversationUrn } }),
        });
        return read(answer.status, await answer.text());
      },
    };
  },
  '@linqapp/sdk': async (_, origin) => {
    const { default: LinqAPIV3 } = await import('@linqapp/sdk');
    const client = new LinqAPIV3({ apiKey, baseURL: origin });
    return { call: ({ chatId }) => client.chats.typing.start(chatId) };
  },
  'floor over ky': floorOverKy,
  'floor over undici': floorOverUndici,
  'sendTyping, shipped': async (vendor, origin) => sendTyping(vendor, origin),
  'sendTyping, fast': async (vendor, origin) => {
    const { undiciFetch } = await import('@typingkit/core/undici');
    return sendTyping(vendor, origin, undiciFetch());
  },
} as const satisfies Record<string, (vendor: Vendor, origin: string) => Promise<Client>>;

export type Contender = keyof typeof contenders;

/** The SDK knows one vendor. */
export function contendersFor(vendor: Vendor): Contender[] {
  // The keys of an object literal of this file.
  const names = Object.keys(contenders) as Contender[];
  return names.filter((name) => vendor === 'linq' || name !== '@linqapp/sdk');
}

function sendTyping(vendor: Vendor, origin: string, fetch?: FetchFunction): Client {
  const options = { apiKey, baseUrl: origin, ...(fetch && { fetch }) };
  if (vendor === 'linq') {
    const typing = createTyping({ channels: { imessage: linq(options) } });
    return {
      call: ({ chatId }) => typing.send('imessage', { chatId }),
      reply: ({ chatId }) => typing.messageSent('imessage', { chatId }),
    };
  }
  const provider = connectSafely(options);
  // Its budget would let 30 calls through.
  const { budget: _, ...capabilities } = provider.capabilities;
  const typing = createTyping({ channels: { linkedin: { ...provider, capabilities } } });
  return {
    call: ({ conversationUrn }) => typing.send('linkedin', { conversationUrn }),
    reply: ({ conversationUrn }) => typing.messageSent('linkedin', { conversationUrn }),
  };
}

/** The plain call, for who takes the options of `fetch`. */
function optionsOf(vendor: Vendor, { conversationUrn }: Conversation) {
  const body = vendor === 'linq' ? undefined : JSON.stringify({ conversationUrn });
  return {
    method: 'POST' as const,
    headers: { authorization, ...(body && json) },
    ...(body && { body }),
  };
}

/** What anybody has to do with an answer. */
function read(status: number, text: string): unknown {
  if (status !== 200 && status !== 204) throw new Error(`The vendor answered ${status}.`);
  return text && JSON.parse(text);
}
