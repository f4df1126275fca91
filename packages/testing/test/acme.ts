import { diagnosisOf, parseOptions, parseTarget, type TypingProvider } from '@typingkit/core';
import {
  type VendorAnswer,
  vendorHttp,
  type VendorOptions,
  vendorOptionsShape,
} from '@typingkit/core/http';
import * as z from 'zod/mini';
import type { ProviderFacts } from '../src/index.ts';

/** A room of a vendor that does not exist. */
export interface AcmeTarget {
  readonly roomId: string;
  readonly thread?: string | undefined;
}

const roomId = 'room-20418f';

const Options = z.strictObject(vendorOptionsShape('https://api.acme.example'));
const Target = z.object({
  roomId: z.pipe(
    z.string().check(z.regex(/^room-[0-9a-f]{6}$/i, 'must look like room-20418f')),
    z.transform((id: string) => id.toLowerCase()),
  ),
  thread: z.optional(z.string().check(z.minLength(1, 'must not be empty'))),
});
const Accepted = z.object({ ok: z.literal(true), seconds: z.number(), request: z.string() });
const Room = z.object({ members: z.number(), line: z.string(), request: z.string() });
const Line = z.object({ carrier: z.optional(z.string()) });
const Refused = z.object({
  error: z.object({ kind: z.unknown(), text: z.unknown(), wait: z.optional(z.unknown()) }),
});

/** A provider that does everything right. */
export function acme(options: VendorOptions, name = 'acme'): TypingProvider<AcmeTarget> {
  const http = vendorHttp(name, parseOptions(name, Options, options), (answer) => {
    const error = Refused.safeParse(answer.body).data?.error;
    const { words } = answer;
    return {
      code: error?.kind === 'busy' ? 'unavailable' : undefined,
      reason: words.sentence(error?.text),
      vendorCode: words.word(error?.kind),
      retryAfterMs: answer.retryAfterMs(error?.wait),
    };
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
        hidden: [target.roomId, target.thread ?? ''],
      },
      { signal },
    );

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
    async start(target, { signal }) {
      const answer = await exchange('start', target, signal);
      const accepted = Accepted.safeParse(answer.body).data;
      const isRefused = Refused.safeParse(answer.body).success;
      if (!accepted) throw answer.failure(isRefused ? 'rejected' : 'bad-response');
      return {
        visibleForMs: accepted.seconds * 1000,
        traceId: answer.words.word(accepted.request),
      };
    },
    async stop(target, { signal }) {
      await exchange('stop', target, signal);
    },
    async diagnose({ roomId: id, thread = '' }, { signal }) {
      const ask = (path: string): Promise<VendorAnswer> => {
        const hidden = [id, thread];
        const request = {
          operation: 'diagnose',
          method: 'get',
          expects: 200,
          hidden,
          path,
        } as const;
        return http(request, { signal });
      };
      const answerOfRoom = await ask(`/v1/rooms/${id}`);
      const room = Room.safeParse(answerOfRoom.body).data;
      if (!room) throw answerOfRoom.failure('bad-response');
      const answerOfLine = await ask(`/v1/lines/${room.line}`);
      const line = Line.safeParse(answerOfLine.body).data;
      if (!line) throw answerOfLine.failure('bad-response');
      const { members, request } = room;
      const isGroup = members > 2 && ({ ...acmeReasons.group, effect: 'hides' } as const);
      const isUnknown = !line.carrier && ({ ...acmeReasons.carrier, effect: 'may-hide' } as const);
      const reasons = [isGroup, isUnknown].filter((reason) => reason !== false);
      return diagnosisOf(reasons, answerOfRoom.words.word(request));
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
  target: { roomId },
  otherTarget: { roomId, thread: 'thread-5' },
  sameConversation: [{ roomId: roomId.toUpperCase().replace('ROOM', 'room') }],
  invalidTargets: [{ roomId: 'lobby' }, { roomId: 7 }, { roomId, thread: '' }],
  authorization: (apiKey) => ['Authorization', `Bearer ${apiKey}`],
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
