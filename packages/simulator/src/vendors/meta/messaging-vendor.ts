import { randomBytes } from 'node:crypto';

import { z } from 'zod';

import { withoutUndefined } from '../../input.ts';
import { failureResponse } from '../failure-answer.ts';
import { plainSettingsShape } from '../plain-settings.ts';
import type { PlainSettings } from '../plain-settings.ts';
import { createRateLimiter } from '../rate-limit.ts';
import { requestFields, textOf } from '../request-fields.ts';
import type { Fields } from '../request-fields.ts';
import type {
  MessageRequest,
  RequestMeaning,
  Vendor,
  VendorAddress,
  VendorFailure,
} from '../vendor.ts';
import { graphFailure, graphFailures, graphPath, limited, tokenIn } from './graph.ts';
import { metaPersonChange, metaPersonOptions, newMetaPerson } from './people.ts';
import type { MetaPerson, MetaPersonChange, MetaPersonOptions } from './people.ts';

/** How the simulated Messenger or Instagram behaves. */
export interface MessagingSettings extends PlainSettings {
  /** How long one start shows, in simulated milliseconds. */
  readonly lifetimeMs: number;
}

/** What a test does to the simulated Messenger or Instagram from behind. */
export interface MessagingHandle<Target extends { readonly recipientId: string }> {
  createConversation(options?: MetaPersonOptions): MetaPerson<Target>;
  changeConversation(id: string, change: MetaPersonChange): MetaPerson<Target>;
  conversations(): readonly MetaPerson<Target>[];
  /** The person writes. Answers the body of the webhook. */
  receiveMessage(id: string, text?: string): object;
  sendMessage(id: string): void;
  messageRequest(id: string, text: string): MessageRequest;
}

/** What Messenger and Instagram do not share. */
interface Messaging<Target extends { readonly recipientId: string }> {
  readonly channel: 'messenger' | 'instagram';
  readonly vendor: string;
  /** What its webhooks are about. */
  readonly product: 'page' | 'instagram';
  readonly ownerId: string;
  readonly apiKey: string;
  targetOf(recipientId: string, ownerId: string): Target;
  environment(at: VendorAddress): Readonly<Record<string, string>>;
  /** What is said of whoever has not written for 24 hours. */
  readonly outsideWindow: VendorFailure;
  /** What the token is one of. */
  ownBody(ownerId: string): object;
}

const failures = {
  ...graphFailures,
  'rate-limited': graphFailure({
    status: 400,
    code: 613,
    message: '(#613) Calls to this api have exceeded the rate limit.',
  }),
  'no-such-person': graphFailure({
    status: 400,
    code: 100,
    subcode: 2_018_001,
    message: '(#100) No matching user found',
  }),
  'not-available': graphFailure({
    status: 400,
    code: 551,
    subcode: 1_545_041,
    message: "(#551) This person isn't available right now.",
  }),
  'no-pages-messaging': graphFailure({
    status: 403,
    code: 230,
    message: '(#230) Requires pages_messaging permission to manage the object',
  }),
  temporary: graphFailure({
    status: 500,
    code: 1200,
    message: 'Temporary send message failure. Please try again later.',
  }),
} satisfies Readonly<Record<string, VendorFailure>>;

const ACTIONS: Readonly<Record<string, 'start' | 'stop'>> = {
  typing_on: 'start',
  typing_off: 'stop',
};

/** The Send API of Messenger and Instagram, as far as it is about typing. */
export function messagingVendor<Target extends { readonly recipientId: string }>(
  messaging: Messaging<Target>,
): Vendor<MessagingHandle<Target>, MessagingSettings> {
  const { channel, product, apiKey, outsideWindow } = messaging;
  return {
    channel,
    basePath: `/${channel}`,
    environment: (at) => messaging.environment(at),
    settings: {
      schema: z.strictObject({ ...plainSettingsShape, lifetimeMs: z.number().positive() }),
      defaults: { apiKeys: [apiKey], rateLimit: null, lifetimeMs: 20_000 },
    },
    conversationOptions: metaPersonOptions,
    conversationChange: metaPersonChange,
    bubble: { lifetimeMs: 20_000, repeat: 'extends', messageClears: true },
    silences: { 'signed-out': 'the person is not signed in' },
    failures: {
      ...failures,
      'rate-limited': ({ retryAfterSeconds }) =>
        limited(failures['rate-limited'], retryAfterSeconds),
      'outside-window': outsideWindow,
    },
    secrets: { fields: ['access_token'] },
    create({ settings, schedule, bubbles, address }) {
      const people = new Map<string, MetaPerson<Target>>();
      const limiter = createRateLimiter();
      const nowMs = (): number => schedule.clock.now();

      const existing = (id: string): MetaPerson<Target> => {
        const person = people.get(id);
        if (person === undefined) {
          throw new Error(`The simulated ${messaging.vendor} has no conversation ${id}.`);
        }
        return person;
      };
      const touch = (person: MetaPerson<Target>): void => {
        people.set(person.id, { ...person, updatedAtMs: nowMs() });
      };

      const post = (ownerId: string, fields: Fields): VendorFailure | object => {
        const recipientId = recipientOf(fields);
        const action = textOf(fields, 'sender_action');
        const message = fields['message'];
        if (recipientId === undefined || (action === undefined) === (message === undefined)) {
          return failures['invalid-parameter'];
        }
        const person = people.get(recipientId);
        if (person === undefined || person.ownerId !== ownerId) return failures['no-such-person'];
        if (person.person === 'blocked') return failures['not-available'];
        if (person.person === 'silent') return outsideWindow;
        if (action === undefined) {
          bubbles.message(person.id);
          touch(person);
          return { recipient_id: recipientId, message_id: `m_${randomBytes(12).toString('hex')}` };
        }
        if (!/^(?:typing_on|typing_off|mark_seen)$/.test(action)) {
          return failures['invalid-parameter'];
        }
        if (action === 'typing_off') bubbles.stop(person.id);
        if (action === 'typing_on') {
          bubbles.start(person.id, {
            lifetimeMs: settings().lifetimeMs,
            hiddenBecause: person.person === 'signed-out' ? 'signed-out' : null,
          });
        }
        return { recipient_id: recipientId };
      };

      const get = (ownerId: string, parts: readonly string[], query: URLSearchParams): object => {
        if (parts[1] === 'conversations') {
          const person = people.get(query.get('user_id') ?? '');
          if (person === undefined || person.ownerId !== ownerId) return { data: [] };
          const at = new Date(person.updatedAtMs).toISOString().replace(/\.\d+Z$/, '+0000');
          return { data: [{ id: `t_${person.id}`, updated_time: at }] };
        }
        const person = people.get(parts[0] ?? '');
        return person === undefined
          ? messaging.ownBody(ownerId)
          : { id: person.id, first_name: 'Ada' };
      };

      const answer = async (request: Request): Promise<Response> => {
        const url = new URL(request.url);
        const key = tokenIn(request, url.searchParams);
        if (key === null || !settings().apiKeys.includes(key)) {
          return failureResponse(failures.unauthenticated);
        }
        const parts = graphPath(url.pathname);
        const owner = parts[0] ?? '';
        const isPerson = request.method === 'GET' && people.has(owner);
        const owners = new Set([...people.values()].map(({ ownerId }) => ownerId));
        const ownerId = owner === 'me' || isPerson ? ([...owners][0] ?? messaging.ownerId) : owner;
        if (!owners.has(ownerId) && ownerId !== messaging.ownerId) {
          return failureResponse(failures['object-not-found']);
        }
        const wait = limiter.secondsToWait(settings().rateLimit, ownerId, nowMs());
        if (wait !== null) return failureResponse(limited(failures['rate-limited'], wait));
        if (request.method === 'GET') return Response.json(get(ownerId, parts, url.searchParams));
        if (parts[1] !== 'messages') return failureResponse(failures['object-not-found']);
        const contentType = request.headers.get('content-type') ?? '';
        const fields = requestFields(url.searchParams, contentType, await request.text());
        const answered = post(ownerId, fields);
        return 'status' in answered ? failureResponse(answered) : Response.json(answered);
      };

      return {
        handle: {
          createConversation(options = {}) {
            const person = newMetaPerson(
              options,
              messaging.ownerId,
              nowMs(),
              (recipientId, ownerId) => messaging.targetOf(recipientId, ownerId),
            );
            bubbles.open(person.id);
            people.set(person.id, person);
            return person;
          },
          changeConversation(id, change) {
            const changed = { ...existing(id), ...withoutUndefined(change) };
            people.set(id, changed);
            return changed;
          },
          conversations: () => [...people.values()],
          receiveMessage(id, text = 'Hi') {
            const person = existing(id);
            touch(person);
            const { ownerId } = person;
            const event = {
              sender: { id: person.id },
              recipient: { id: ownerId },
              timestamp: nowMs(),
              message: { mid: `m_${randomBytes(12).toString('hex')}`, text },
            };
            return {
              object: product,
              entry: [{ id: ownerId, time: nowMs(), messaging: [event] }],
            };
          },
          sendMessage(id) {
            bubbles.message(id);
          },
          messageRequest(id, text) {
            const { ownerId } = existing(id);
            const at = address();
            return {
              url: `${at.baseUrl}/v25.0/${ownerId}/messages`,
              method: 'POST',
              headers: {
                authorization: `Bearer ${at.apiKey}`,
                'content-type': 'application/json',
              },
              body: JSON.stringify({
                recipient: { id },
                messaging_type: 'RESPONSE',
                message: { text },
              }),
            };
          },
        },
        routes: { fetch: answer },
        read: readRequest,
        clear() {
          people.clear();
          limiter.clear();
        },
      };
    },
  };
}

function readRequest({
  method,
  path,
  fields,
}: {
  readonly method: string;
  readonly path: string;
  readonly fields: Fields;
}): RequestMeaning {
  if (method === 'GET') {
    return { conversation: textOf(fields, 'user_id') ?? null, intent: 'question' };
  }
  const isSending = graphPath(path)[1] === 'messages';
  const action = textOf(fields, 'sender_action');
  const what = action === undefined ? 'message' : (ACTIONS[action] ?? null);
  return { conversation: recipientOf(fields) ?? null, intent: isSending ? what : null };
}

/** An object, or its JSON where the body is a form. */
function recipientOf(fields: Fields): string | undefined {
  const recipient = fields['recipient'];
  const read: unknown = typeof recipient === 'string' ? parsed(recipient) : recipient;
  return typeof read === 'object' && read !== null ? textOf({ ...read }, 'id') : undefined;
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}
