import { z } from 'zod';
import { type Answer, endpoint, type Endpoint } from './endpoint.ts';
import {
  diagnosis,
  place,
  receipt,
  schemaCalled,
  stopReceipt,
  timeoutMs,
  ttlMs,
  wishes,
} from './schemas.ts';

const sendTyping = endpoint({
  method: 'post',
  path: '/v1/send',
  name: 'sendTyping',
  summary: 'Show the indicator, once, now',
  body: schemaCalled('Send', z.strictObject({ ...place, ...wishes, ttlMs, timeoutMs })),
  answer: {
    status: 200,
    description: 'The vendor took it, or no request was needed.',
    schema: receipt,
  },
  async handle({ body: { channel, target, ...options }, served }) {
    return ok(await served.typing.send(channel, target, options));
  },
});

const stopTyping = endpoint({
  method: 'post',
  path: '/v1/stop',
  name: 'stopTyping',
  summary: 'Clear the indicator, and end all sessions of the conversation',
  body: schemaCalled('Stop', z.strictObject({ ...place, timeoutMs })),
  answer: { status: 200, description: 'What became of it.', schema: stopReceipt },
  async handle({ body: { channel, target, ...options }, served }) {
    return ok(await served.typing.stop(channel, target, options));
  },
});

const messageSent = endpoint({
  method: 'post',
  path: '/v1/message-sent',
  name: 'messageSent',
  summary: 'Say that a message went out, which cleared the indicator',
  body: schemaCalled('Place', z.strictObject(place)),
  answer: { status: 204, description: 'Noted.' },
  handle({ body: { channel, target }, served }) {
    served.typing.messageSent(channel, target);
    return noContent();
  },
});

const rateLimited = endpoint({
  method: 'post',
  path: '/v1/rate-limited',
  name: 'rateLimited',
  summary: 'Say that the vendor answered a call of yours with 429, so that typing waits',
  body: schemaCalled(
    'RateLimited',
    z.strictObject({
      ...place,
      retryAfterMs: z.int().min(1).max(3_600_000).optional().describe('Default: 30,000.'),
      scope: z.enum(['budget', 'credential']).optional().describe('Default: budget.'),
    }),
  ),
  answer: { status: 204, description: 'Noted.' },
  handle({ body: { channel, target, ...options }, served }) {
    served.typing.rateLimited(channel, target, options);
    return noContent();
  },
});

const diagnose = endpoint({
  method: 'post',
  path: '/v1/diagnose',
  name: 'diagnose',
  summary: 'Find out whether a start would be seen, and if not, why',
  body: schemaCalled('Diagnose', z.strictObject({ ...place, timeoutMs })),
  answer: { status: 200, description: 'What keeps it from being seen.', schema: diagnosis },
  async handle({ body: { channel, target, ...options }, served }) {
    return ok(await served.typing.diagnose(channel, target, options));
  },
});

export const oneShots: readonly Endpoint[] = [
  sendTyping,
  stopTyping,
  messageSent,
  rateLimited,
  diagnose,
];

function ok(body: object): Answer {
  return { status: 200, body };
}

function noContent(): Response {
  return new Response(null, { status: 204 });
}
