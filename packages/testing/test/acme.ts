import {
  diagnosisOf,
  parseOptions,
  parseTarget,
  type ProviderAddress,
  type TypingProvider,
} from '@typingkit/core';
import {
  type VendorAnswer,
  type VendorError,
  vendorClient,
  vendorFields,
  type VendorOptions,
} from '@typingkit/core/http';
import {
  anything,
  array,
  boolean,
  integer,
  literal,
  number,
  object,
  optional,
  refined,
  strictObject,
  string,
  transform,
} from '@typingkit/core/schema';
import type { ProviderFacts } from '../src/index.ts';

/** A room of a vendor that does not exist. */
export interface AcmeTarget {
  readonly roomId: string;
  readonly thread?: string | undefined;
}

const roomId = 'room-20418f';

const Options = strictObject(vendorFields<AcmeTarget>('https://api.acme.example'));
const Target = object({
  roomId: transform(string(/^room-[0-9a-f]{6}$/i, 'must look like room-20418f'), (id) =>
    id.toLowerCase(),
  ),
  thread: optional(refined(string(), (id) => (id === '' ? 'must not be empty' : undefined))),
});
const Accepted = object({ ok: literal(true), seconds: number(), request: string() });
const Room = object({ members: number(), line: string(), request: string() });
const Line = object({ carrier: optional(string()) });
const Refused = object({ error: object({ kind: anything(), text: anything(), wait: anything() }) });

const Message = object({
  type: literal('message'),
  posts: array(object({ roomId: string(), thread: optional(string()), isOwn: boolean() })),
});
const Typing = object({
  type: literal('typing', 'silent', 'stop'),
  id: string(),
  at: integer({ min: 0, max: 8.64e15 }),
  roomId: string(),
});

/** The part of {@link acme} that needs no key. */
function acmeAddress(name = 'acme'): ProviderAddress<AcmeTarget> {
  return {
    specification: 1,
    name,
    capabilities: {
      ttl: { kind: 'fixed', ms: 10_000, source: 'documented' },
      repeat: 'extends',
      stop: 'explicit',
      clearsOnMessage: true,
      groups: true,
      refreshMs: 8_000,
      minIntervalMs: 3_000,
      budget: { requests: 60, perMs: 60_000 },
      sideEffects: [],
      inbound: false,
      requires: ['a room of the account'],
    },
    parseTarget: (input) => parseTarget(name, Target, input),
    conversationKey: ({ roomId: room, thread = '' }) => `${room} ${thread}`,
    budgetKey: ({ roomId: room }) => room,
    credentialKey: () => 'acme',
    targetsIn(message) {
      const posts = Message.read(message)?.posts.filter(({ isOwn }) => !isOwn) ?? [];
      const rooms = new Map(posts.map((post) => [`${post.roomId} ${post.thread ?? ''}`, post]));
      return [...rooms.values()].flatMap((post) => Target.read(post) ?? []);
    },
    inboundIn(event) {
      const read = Typing.read(event);
      const target = Target.read(read);
      if (!read || !target) return [];
      const { type, id: eventId } = read;
      const told = { target, at: new Date(read.at), eventId };
      if (type === 'stop') return [{ ...told, state: 'stop-requested' }];
      return type === 'typing'
        ? [{ ...told, state: 'started', expiresInMs: 10_000 }]
        : [{ ...told, state: 'stopped', expiresInMs: 0 }];
    },
  };
}

/** A provider that does everything right. */
export function acme(
  options: VendorOptions<AcmeTarget>,
  name = 'acme',
): TypingProvider<AcmeTarget> {
  const readError = (answer: VendorAnswer): VendorError => {
    const error = Refused.read(answer.body)?.error;
    const { redact } = answer;
    return {
      code: error?.kind === 'busy' ? 'unavailable' : undefined,
      reason: redact.sentence(error?.text),
      vendorCode: redact.word(error?.kind),
      retryAfterMs: answer.retryAfterMs(error?.wait),
    };
  };
  const http = vendorClient<string, AcmeTarget>(name, parseOptions(name, Options, options), {
    readError,
  });
  const exchange = async (
    operation: 'start' | 'stop',
    target: AcmeTarget,
    signal: AbortSignal | undefined,
  ): Promise<VendorAnswer> =>
    http(
      {
        operation,
        method: 'post',
        path: `/v1/rooms/${target.roomId}/typing`,
        json: { state: operation === 'start' ? 'on' : 'off', thread: target.thread },
        expects: 200,
        target,
      },
      { signal },
    );

  return {
    ...acmeAddress(name),
    async start(target, { signal }) {
      const answer = await exchange('start', target, signal);
      const accepted = Accepted.read(answer.body);
      const isRefused = Refused.accepts(answer.body);
      if (!accepted) throw answer.failure(isRefused ? 'rejected' : 'bad-response');
      return {
        visibleForMs: accepted.seconds * 1000,
        traceId: answer.redact.word(accepted.request),
      };
    },
    async stop(target, { signal }) {
      await exchange('stop', target, signal);
    },
    async diagnose(target, { signal }) {
      const ask = (path: string): Promise<VendorAnswer> =>
        http({ operation: 'diagnose', method: 'get', expects: 200, path, target }, { signal });
      const answerOfRoom = await ask(`/v1/rooms/${target.roomId}`);
      const room = Room.read(answerOfRoom.body);
      if (!room) throw answerOfRoom.failure('bad-response');
      const answerOfLine = await ask(`/v1/lines/${room.line}`);
      const line = Line.read(answerOfLine.body);
      if (!line) throw answerOfLine.failure('bad-response');
      const { members, request } = room;
      const isGroup = members > 2 && ({ ...acmeReasons.group, effect: 'hides' } as const);
      const isUnknown = !line.carrier && ({ ...acmeReasons.carrier, effect: 'may-hide' } as const);
      const reasons = [isGroup, isUnknown].filter((reason) => reason !== false);
      return diagnosisOf(reasons, answerOfRoom.redact.word(request));
    },
  };
}

const acmeReasons = {
  group: {
    code: 'group',
    message: 'the room has more than two members',
    advice: 'Leave the typing indicator out here.',
  },
  carrier: {
    code: 'service-unknown',
    message: 'the carrier of the line is not known',
    advice: 'Ask the recipient what they see.',
  },
} as const;

export const acmeAnswer = { ok: true, seconds: 10, request: 'r-77' } as const;

/** What is true of {@link acme}. */
export const acmeFacts: ProviderFacts<AcmeTarget> = {
  create: (options) => acme(options),
  address: () => acmeAddress(),
  target: { roomId },
  otherTarget: { roomId, thread: 'thread-5' },
  sameConversation: [{ roomId: roomId.toUpperCase().replace('ROOM', 'room') }],
  invalidTargets: [{ roomId: 'lobby' }, { roomId: 7 }, { roomId, thread: '' }],
  authorization: (apiKey) => ({ Authorization: `Bearer ${apiKey}` }),
  start: {
    method: 'POST',
    path: `/v1/rooms/${roomId}/typing`,
    json: { state: 'on' },
    answer: { status: 200, json: acmeAnswer },
    receipt: { visibleForMs: 10_000, traceId: 'r-77' },
  },
  stop: {
    method: 'POST',
    path: `/v1/rooms/${roomId}/typing`,
    json: { state: 'off' },
    answer: { status: 200, json: { ok: true } },
  },
  diagnose: {
    exchanges: [
      {
        method: 'GET',
        path: `/v1/rooms/${roomId}`,
        answer: { status: 200, json: { members: 3, line: 'l-5', request: 'r-78' } },
      },
      { method: 'GET', path: '/v1/lines/l-5', answer: { status: 200, json: {} } },
    ],
    willShow: 'no',
    codes: ['group', 'service-unknown'],
  },
  targetsIn: [
    {
      message: {
        type: 'message',
        posts: [
          { roomId, isOwn: false, text: 'hello' },
          { roomId, thread: 'thread-5', isOwn: false },
          { roomId: roomId.toUpperCase().replace('ROOM', 'room'), isOwn: true },
          { roomId, isOwn: false },
        ],
      },
      targets: [{ roomId }, { roomId, thread: 'thread-5' }],
    },
    { message: { type: 'message', posts: [{ roomId, isOwn: true }] }, targets: [] },
    { message: { type: 'reaction', posts: [{ roomId, isOwn: false }] }, targets: [] },
  ],
  inboundIn: [
    {
      event: { type: 'typing', id: 'e-1', at: 1_790_000_000_000, roomId },
      events: [
        {
          target: { roomId },
          state: 'started',
          at: new Date(1_790_000_000_000),
          eventId: 'e-1',
          expiresInMs: 10_000,
        },
      ],
    },
    { event: { type: 'joined', id: 'e-2', at: 0, roomId }, events: [] },
  ],
  failures: [
    refusal(403, 'blocked', 'forbidden'),
    refusal(409, 'busy', 'unavailable'),
    refusal(200, 'asleep', 'rejected'),
    {
      ...refusal(429, 'flood', 'rate-limited'),
      answer: { status: 429, json: { ok: false, error: { kind: 'flood', text: 'No', wait: 9 } } },
      retryAfterMs: 9_000,
    },
  ],
};

function refusal(
  status: number,
  kind: string,
  code: ProviderFacts['failures'][number]['code'],
): ProviderFacts['failures'][number] {
  const json = { ok: false, error: { kind, text: `Sorry, ${kind}` } };
  return { name: kind, answer: { status, json }, code, vendorCode: kind };
}
