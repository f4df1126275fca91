import type { ProviderFacts, VendorFailure } from '@typingkit/testing';
import { linq, linqAddress, type LinqTarget } from '../../src/index.ts';

const chatId = '550e8400-e29b-41d4-a716-446655440000';
const path = `/v3/chats/${chatId}/typing`;
const traceId = '2eff5df5c6f688733c007523c4d61cd9';

const eventId = '2915e81c-5068-4796-ace2-21d2c94ad298';
const heard = { target: { chatId }, eventId, at: new Date('2026-02-05T19:31:13.736Z') };

function messageReceived(data: Readonly<Record<string, unknown>>): object {
  return {
    event_type: 'message.received',
    event_id: eventId,
    data: { ...data, service: 'iMessage' },
  };
}

function typingEvent(state: 'started' | 'stopped'): object {
  return {
    api_version: 'v3',
    webhook_version: '2026-02-03',
    event_type: `chat.typing_indicator.${state}`,
    event_id: eventId,
    created_at: '2026-02-05T19:31:13.736Z',
    data: { chat_id: chatId },
  };
}

const keyName = 'team-a';

/** What is true of the vendor and its adapter, for the conformance suite. */
export const linqFacts: ProviderFacts<LinqTarget> = {
  create: (options) => linq({ ...options, keyName }),
  address: () => linqAddress({ keyName }),
  target: { chatId },
  otherTarget: { chatId: '7d2f9a10-3c4b-4e5f-8a6b-9c0d1e2f3a4b' },
  sameConversation: [{ chatId: chatId.toUpperCase() }],
  invalidTargets: [
    { chatId: '' },
    { chatId: '..' },
    { chatId: 'undefined' },
    { chatId: '+14155550123' },
    { chatId: `${chatId}/messages` },
    { chatId: ` ${chatId}` },
    { chatId: 550 },
    { chatId: null },
    { conversationUrn: 'urn:li:msg_conversation:(urn:li:fsd_profile:ACoAAA,2-MTIz)' },
    chatId,
  ],
  authorization: (apiKey) => ({ authorization: `Bearer ${apiKey}` }),
  start: {
    method: 'POST',
    path,
    answer: { status: 204, headers: { 'x-trace-id': traceId } },
    receipt: { traceId },
  },
  stop: { method: 'DELETE', path, answer: { status: 204 } },
  diagnose: {
    exchanges: [
      {
        method: 'GET',
        path: `/v3/chats/${chatId}`,
        answer: { status: 200, json: { is_group: false, service: 'SMS', handles: [] } },
      },
      {
        method: 'GET',
        path: `/v3/chats/${chatId}/messages?limit=20`,
        answer: { status: 200, json: { messages: [] } },
      },
    ],
    willShow: 'no',
    codes: ['service', 'inactive-chat'],
  },
  targetsIn: [
    // https://docs.linqapp.com/guides/webhooks/events
    { message: messageReceived({ chat: { id: chatId } }), targets: [{ chatId }] },
    // The version 2025-01-01.
    { message: messageReceived({ chat_id: chatId.toUpperCase() }), targets: [{ chatId }] },
    { message: messageReceived({ chat_id: chatId, is_from_me: true }), targets: [] },
    { message: messageReceived({ chat: { id: chatId }, direction: 'outbound' }), targets: [] },
    {
      message: { ...messageReceived({ chat_id: chatId }), event_type: 'message.sent' },
      targets: [],
    },
    { message: typingEvent('started'), targets: [] },
  ],
  inboundIn: [
    {
      event: typingEvent('started'),
      events: [{ ...heard, state: 'started', expiresInMs: 60_000 }],
    },
    { event: typingEvent('stopped'), events: [{ ...heard, state: 'stopped', expiresInMs: 0 }] },
    { event: { ...typingEvent('started'), created_at: 'yesterday' }, events: [] },
    { event: messageReceived({ chat: { id: chatId } }), events: [] },
  ],
  failures: [
    // The samples of the typing pages.
    refusal(400, 1002, 'rejected', 'Phone number must be in E.164 format'),
    refusal(401, 2004, 'unauthenticated', 'Unauthorized - missing or invalid authentication token'),
    refusal(403, 2005, 'forbidden', 'Access denied - insufficient permissions for this resource'),
    refusal(404, 2001, 'not-found', 'Resource not found'),
    refusal(500, 3006, 'unavailable', 'Internal server error'),
    // The rest of the catalogue that a typing call may meet.
    refusal(400, 1001, 'rejected', 'Missing required field'),
    refusal(403, 2006, 'forbidden', 'Phone number not on account'),
    refusal(403, 2008, 'forbidden', 'Recipient not allowed'),
    refusal(403, 2011, 'forbidden', 'Feature not enabled'),
    { ...refusal(404, 2007, 'unavailable', 'Attachment not ready'), retryAfterMs: 2_000 },
    { ...refusal(409, 2009, 'unavailable', 'Chat is being created'), retryAfterMs: 2_000 },
    refusal(409, 2013, 'forbidden', 'Chat unavailable'),
    refusal(409, 2016, 'unsupported', 'Not supported in group chats'),
    refusal(409, 2017, 'unsupported', 'Not supported on this service'),
    refusal(409, 2018, 'unsupported', 'App message needs iMessage'),
    refusal(422, 4005, 'unsupported', 'Recipient does not support this message type'),
    refusal(500, 2022, 'unavailable', 'Contact card setup failed'),
    refusal(504, 3005, 'unavailable', 'Network timeout'),
    { ...refusal(503, 4004, 'unavailable', 'Service unavailable'), retryAfterMs: 30_000 },
    refusal(409, 2999, 'rejected', 'A code that nobody has documented'),
    {
      name: '429/1007 with the wait in header and body',
      code: 'rate-limited',
      answer: {
        status: 429,
        headers: { 'retry-after': '45' },
        json: {
          success: false,
          error: {
            status: 429,
            code: 1007,
            message: 'Rate limited. Try again in 45 seconds.',
            retry_after: 45,
            doc_url: 'https://docs.linqapp.com/error/codes/1xxx/1007/',
          },
          trace_id: 'trace_abc123def456',
        },
      },
      retryAfterMs: 45_000,
      vendorCode: '1007',
      traceId: 'trace_abc123def456',
    },
    {
      name: '429/1007 with the wait in the body alone',
      code: 'rate-limited',
      answer: { status: 429, json: { success: false, error: { code: 1007, retry_after: 45 } } },
      retryAfterMs: 45_000,
    },
    {
      name: 'an envelope with neither doc_url nor trace_id',
      code: 'not-found',
      answer: {
        status: 404,
        headers: { 'x-trace-id': traceId },
        json: { success: false, error: { status: 404, code: 2001, message: 'Resource not found' } },
      },
      vendorCode: '2001',
      traceId,
      message: 'Resource not found',
    },
    {
      name: 'an answer without a body',
      code: 'unavailable',
      answer: { status: 500, headers: { 'x-trace-id': traceId } },
      traceId,
    },
  ],
};

/** A failure in the whole envelope. */
function refusal(
  status: number,
  code: number,
  meaning: VendorFailure['code'],
  message: string,
): VendorFailure {
  const docUrl = `https://docs.linqapp.com/error/codes/${Math.floor(code / 1000)}xxx/${code}/`;
  const error = { status, code, message, doc_url: docUrl };
  return {
    name: `${status}/${code}`,
    answer: { status, json: { success: false, error, trace_id: traceId } },
    code: meaning,
    vendorCode: String(code),
    docUrl,
    traceId,
    message,
  };
}
