import type { KeepOptions } from '@typingkit/core';
import { z } from 'zod';
import { type Answer, type Call, endpoint, type Endpoint, type Served } from './endpoint.ts';
import {
  openedSessions,
  place,
  schemaCalled,
  session,
  sessionOptions,
  targets,
  ttlMs,
  wishes,
} from './schemas.ts';
import { sessionView } from './session-view.ts';
import { webhookMessage } from './webhook-message.ts';

/** The same as in a body, but as texts. */
const digits = z.coerce.number<string>().pipe(z.int().min(0).max(86_400_000)).optional();

const openSession = endpoint({
  method: 'post',
  path: '/v1/sessions',
  name: 'openSession',
  summary: 'Open a session: the indicator stays until it ends',
  body: schemaCalled(
    'OpenSession',
    z.strictObject({ ...place, ...sessionOptions, ...wishes, ttlMs }),
  ),
  takesKey: true,
  answer: { status: 201, description: 'It is open.', schema: session },
  problems: ['too-many-sessions'],
  handle: (call) =>
    once(call, '/v1/sessions', async () => {
      const { channel, target, ...options } = call.body;
      return { status: 201, body: await open(call.served, channel, target, options) };
    }),
});

const openFromWebhook = endpoint({
  method: 'post',
  path: '/v1/webhooks/{channel}',
  name: 'openSessionsFromWebhook',
  summary: "Open a session for each conversation in a vendor's webhook",
  description:
    'Send the body of the webhook as it came, and its content type. No signature is verified: verify it first.',
  query: z.strictObject({
    label: sessionOptions.label,
    delayMs: digits,
    idleTimeoutMs: digits,
    maxDurationMs: digits,
    targets,
  }),
  body: z.unknown(),
  bodyKind: 'webhook',
  takesKey: true,
  answer: { status: 200, description: 'What was opened.', schema: openedSessions },
  problems: ['too-many-sessions'],
  handle: (call) =>
    once(call, `/v1/webhooks/${call.path['channel']}`, async () => {
      const { served, query, text, path } = call;
      const { targets: shown, ...options } = query;
      const { channel = '' } = path;
      const message = webhookMessage(text, call.header('content-type'));
      const found = served.typing.targetsIn(channel, message);
      const sessions = found.map((target) => open(served, channel, target, options, shown));
      return { status: 200, body: { sessions: await Promise.all(sessions) } };
    }),
});

export const opening: readonly Endpoint[] = [openSession, openFromWebhook];

async function open(
  served: Served,
  channel: string,
  target: unknown,
  options: KeepOptions,
  shown: 'shown' | 'masked' = 'masked',
): Promise<object> {
  const found = served.desk.open(channel, target, options);
  // Where sessions are shared, the other servers know of it from here on.
  await found.handle?.opened;
  const view = sessionView(served, found);
  return shown === 'shown' ? { ...view, target } : view;
}

async function once(
  call: Call<unknown, unknown>,
  path: string,
  make: () => Promise<Answer>,
): Promise<Answer | Response> {
  const key = call.header('idempotency-key');
  const request = [path, JSON.stringify(call.query), call.text];
  const { answer, isRepeated } = await call.served.keys.once(key, request, make);
  if (!isRepeated) return answer;
  return Response.json(answer.body, {
    status: answer.status,
    headers: { 'idempotency-replayed': 'true' },
  });
}
