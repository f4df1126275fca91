import createClient from 'openapi-fetch';
import type { components, paths } from './generated/api.d.ts';

// A bot as a user of the generated types writes it. What the document does not say does not compile.
const { TYPINGKIT_URL: baseUrl = '', TYPINGKIT_TOKEN: token = '' } = process.env;
const client = createClient<paths>({ baseUrl, headers: { authorization: `Bearer ${token}` } });
const place = { channel: 'chat', target: { id: 'a' } };

const seen: Record<string, unknown> = {};
const { data: channels } = await client.GET('/v1/channels');
seen['channels'] = channels?.channels.map(({ channel }) => channel);

const { data: receipt } = await client.POST('/v1/send', { body: { ...place, status: 'thinks' } });
seen['send'] = receipt?.status;

const { data: session } = await client.POST('/v1/sessions', {
  params: { header: { 'Idempotency-Key': 'turn-7' } },
  body: { ...place, label: 'turn 7', idleTimeoutMs: 30_000 },
});
const id = session?.id ?? '';
const path = { id };
const { data: touched } = await client.POST('/v1/sessions/{id}/touch', { params: { path } });
seen['touch'] = touched?.label;
const { data: updated } = await client.PATCH('/v1/sessions/{id}', {
  params: { path },
  body: { status: 'searches' },
});
seen['update'] = updated?.id === id;
const { data: list } = await client.GET('/v1/sessions', { params: { query: { limit: 5 } } });
seen['list'] = [list?.total, list?.sessions[0]?.label];
const { data: diagnosis } = await client.POST('/v1/diagnose', { body: place });
seen['diagnose'] = diagnosis?.reasons.map(({ effect }) => typeof effect);
const { data: ended } = await client.DELETE('/v1/sessions/{id}', { params: { path } });
seen['end'] = ended?.closeReason;
await client.POST('/v1/message-sent', { body: place });

const { error, response } = await client.POST('/v1/sessions/{id}/touch', { params: { path } });
const problem: components['schemas']['Problem'] | undefined = error;
seen['problem'] = [response.status, problem?.code, problem?.closeReason];

// @ts-expect-error The target is missing.
const wrong = await client.POST('/v1/send', { body: { channel: 'chat' } });
seen['wrong'] = wrong.error?.code;

console.log(JSON.stringify(seen));
