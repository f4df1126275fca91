import { withoutUndefined } from '../../input.ts';
import { failureResponse } from '../failure-answer.ts';
import { plainSettings } from '../plain-settings.ts';
import type { PlainSettings } from '../plain-settings.ts';
import { requestFields, textOf } from '../request-fields.ts';
import type { MessageRequest, PersonTypes, Vendor, VendorFailure } from '../vendor.ts';
import { notFound, signalFailure, signalFailures } from './failures.ts';
import {
  envelopeOf,
  newSignalConversation,
  OWN_NUMBER,
  signalConversationChange,
  signalConversationOptions,
} from './people.ts';
import type {
  SignalConversation,
  SignalConversationChange,
  SignalConversationOptions,
} from './people.ts';

/** What a test does to the simulated signal-cli-rest-api from behind. An id is that of a recipient. */
export interface SignalHandle {
  createConversation(options?: SignalConversationOptions): SignalConversation;
  changeConversation(id: string, change: SignalConversationChange): SignalConversation;
  conversations(): readonly SignalConversation[];
  /** The person writes. Answers what the bot receives. */
  receiveMessage(id: string, text?: string): object;
  sendMessage(id: string): void;
  messageRequest(id: string, text: string): MessageRequest;
  /** Answers what the bot receives. */
  personTypes(id: string, what: PersonTypes): object;
}

const TYPING_PATH = /^\/v1\/typing-indicator\/([^/]+)$/;
const SEARCH_PATH = /^\/v1\/search\/([^/]+)$/;

/** signal-cli-rest-api, as far as it is about typing. It asks nobody for a key. @see https://bbernhard.github.io/signal-cli-rest-api/ */
export const signal: Vendor<SignalHandle, PlainSettings> = {
  channel: 'signal',
  basePath: '/signal',
  environment: ({ baseUrl }) => ({ SIGNAL_API_URL: baseUrl, SIGNAL_NUMBER: OWN_NUMBER }),
  settings: plainSettings('signal-simulator-key'),
  conversationOptions: signalConversationOptions,
  conversationChange: signalConversationChange,
  // As Signal's own clients show it.
  bubble: { lifetimeMs: 15_000, repeat: 'extends', messageClears: true },
  silences: {
    'turned-off': 'one of the two sides has turned off typing indicators',
    blocked: 'the person has blocked us',
  },
  failures: signalFailures,
  create({ schedule, bubbles, address, personTyped }) {
    const conversations = new Map<string, SignalConversation>();
    // Whole, as Signal's are. Simulated time is not.
    const timestampNow = (): number => Math.floor(schedule.clock.now());

    const existing = (id: string): SignalConversation => {
      const found = conversations.get(id);
      if (found === undefined) throw new Error(`The simulated Signal has no recipient ${id}.`);
      return found;
    };
    /** A person has several names; each of them is right. */
    const named = (recipient: string): SignalConversation | undefined =>
      conversations.get(recipient) ??
      [...conversations.values()].find(
        ({ kind, phoneNumber }) => kind === 'person' && phoneNumber === recipient,
      );

    const typing = (method: string, recipient: string): Response | VendorFailure => {
      const found = named(recipient);
      if (found === undefined)
        return signalFailure(
          recipient.startsWith('group.') ? 'invalid-group' : 'unregistered-person',
        );
      if (!found.isRegistered)
        return signalFailure(found.kind === 'group' ? 'not-a-member' : 'unregistered-person');
      if (method === 'DELETE') bubbles.stop(found.id);
      else
        bubbles.start(found.id, {
          hiddenBecause: found.hasBlockedUs
            ? 'blocked'
            : found.typingIndicators
              ? null
              : 'turned-off',
        });
      return new Response(null, { status: 204 });
    };

    const answer = async (request: Request): Promise<Response | VendorFailure> => {
      const { pathname, searchParams } = new URL(request.url);
      const { method } = request;
      if (method === 'GET' && pathname === '/v1/health') return new Response(null, { status: 204 });
      if (method === 'GET' && pathname === '/v1/accounts') return Response.json([OWN_NUMBER]);
      const contentType = request.headers.get('content-type') ?? '';
      const fields = requestFields(searchParams, contentType, await request.text());
      if (method === 'GET' && SEARCH_PATH.test(pathname)) {
        const asked = textOf(fields, 'numbers') ?? '';
        return Response.json([{ number: asked, registered: named(asked)?.isRegistered === true }]);
      }
      if (method === 'POST' && pathname === '/v2/send') {
        const [recipient] = Array.isArray(fields['recipients']) ? fields['recipients'] : [];
        const found = named(String(recipient));
        if (found === undefined) return signalFailure('unregistered-person');
        bubbles.message(found.id);
        return Response.json({ timestamp: String(timestampNow()) }, { status: 201 });
      }
      const [, number] = TYPING_PATH.exec(pathname) ?? [];
      if (number === undefined || (method !== 'PUT' && method !== 'DELETE')) return notFound;
      if (decodeURIComponent(number) !== OWN_NUMBER) return signalFailure('not-registered');
      const recipient = textOf(fields, 'recipient');
      return recipient === undefined ? signalFailure('invalid-request') : typing(method, recipient);
    };

    const receivedTyping = (id: string, state: 'started' | 'stopped'): object => {
      personTyped(id, state);
      const timestamp = timestampNow();
      return envelopeOf(existing(id), timestamp, (group) => ({
        typingMessage: { action: state.toUpperCase(), timestamp, ...group },
      }));
    };

    return {
      handle: {
        createConversation(options = {}) {
          const created = newSignalConversation(options);
          bubbles.open(created.id);
          conversations.set(created.id, created);
          return created;
        },
        changeConversation(id, change) {
          const changed: SignalConversation = { ...existing(id), ...withoutUndefined(change) };
          conversations.set(id, changed);
          return changed;
        },
        conversations: () => [...conversations.values()],
        receiveMessage(id, message = 'Hi') {
          const timestamp = timestampNow();
          return envelopeOf(existing(id), timestamp, (group) => ({
            dataMessage: {
              timestamp,
              message,
              expiresInSeconds: 0,
              viewOnce: false,
              ...(group && { groupInfo: { ...group, type: 'DELIVER' } }),
            },
          }));
        },
        sendMessage(id) {
          bubbles.message(id);
        },
        messageRequest(id, message) {
          return {
            url: `${address().baseUrl}/v2/send`,
            method: 'POST',
            headers: { 'content-type': 'application/json' },
            body: JSON.stringify({ message, number: OWN_NUMBER, recipients: [existing(id).id] }),
          };
        },
        personTypes(id, what) {
          if (what === 'stopped') return receivedTyping(id, what);
          if (what !== 'started') {
            schedule.at(schedule.clock.now() + what.forMs, () => {
              personTyped(id, 'stopped');
            });
          }
          return receivedTyping(id, 'started');
        },
      },
      routes: {
        async fetch(request) {
          const answered = await answer(request);
          return answered instanceof Response ? answered : failureResponse(answered);
        },
      },
      read({ method, path, fields }) {
        const [sentTo] = Array.isArray(fields['recipients']) ? fields['recipients'] : [];
        const recipient = textOf(fields, 'recipient') ?? sentTo;
        const conversation =
          typeof recipient === 'string' ? (named(recipient)?.id ?? recipient) : null;
        if (method === 'GET') return { conversation: null, intent: 'question' };
        if (path === '/v2/send') return { conversation, intent: 'message' };
        if (!TYPING_PATH.test(path)) return { conversation, intent: null };
        return { conversation, intent: method === 'DELETE' ? 'stop' : 'start' };
      },
      clear() {
        conversations.clear();
      },
    };
  },
};
