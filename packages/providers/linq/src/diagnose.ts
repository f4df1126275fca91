import {
  type CallOptions,
  type Diagnosis,
  diagnosisOf,
  type TypingCapabilities,
} from '@typingkit/core';
import type { VendorAnswer, VendorHttp } from '@typingkit/core/http';
import * as z from 'zod/mini';
import { type LinqChat, reasonsNotToShow } from './chat-reasons.ts';
import { traceIdOf } from './complaint.ts';
import { instantMs } from './instant.ts';
import type { LinqTarget } from './target.ts';

// What Linq says of a chat is only ever read to find a reason. A field that is missing or of another kind gives none, or
// leaves a doubt.
const anything = z.lazy(() => z.optional(z.unknown()));
const text = z.lazy(() => otherwise(z.optional(z.string()), undefined));
const Chat = z.lazy(() => {
  const Handle = otherwise(z.object({ is_me: anything, status: text, left_at: anything }), {
    status: undefined,
  });
  return z.object({
    is_group: anything,
    service: text,
    health_status: otherwise(z.object({ status: text }), { status: undefined }),
    handles: otherwise(z.array(Handle), []),
  });
});
const Messages = z.lazy(() =>
  z.object({
    messages: z.array(
      z.object({
        created_at: anything,
        service: text,
        is_from_me: anything,
        delivery_status: anything,
        is_read: anything,
        read_at: anything,
      }),
    ),
  }),
);

/** What `z.catch` does; with that one, though, a bundle has 9 kB more of zod in it. */
function otherwise<Value>(
  schema: z.ZodMiniType<Value>,
  fallback: NoInfer<Value>,
): z.ZodMiniType<Value> {
  return z.pipe(
    anything,
    z.transform((value) => {
      const read = schema.safeParse(value);
      return read.success ? read.data : fallback;
    }),
  );
}

/** How far back a message of ours is looked for. */
const mostMessages = 20;

/**
 * Reads a chat and its last messages, and says what in them keeps typing from being seen.
 *
 * @see https://docs.linqapp.com/guides/chats/typing-indicators/
 */
export async function diagnoseLinqChat(
  http: VendorHttp,
  groups: TypingCapabilities['groups'],
  { chatId }: LinqTarget,
  call: CallOptions,
): Promise<Diagnosis> {
  const read = (path: string) =>
    http({ operation: 'diagnose', method: 'get', path, expects: 200, hidden: [chatId] }, call);
  // One after the other, so that nothing is still under way when the first one fails.
  const chat = await read(`/v3/chats/${chatId}`);
  const aboutChat = Chat.safeParse(chat.body);
  if (!aboutChat.success) throw chat.failure('bad-response');
  const messages = await read(`/v3/chats/${chatId}/messages?limit=${mostMessages}`);
  const list = Messages.safeParse(messages.body);
  if (!list.success) throw messages.failure('bad-response');
  return diagnosisOf(
    reasonsNotToShow({ ...chatOf(aboutChat.data), ...newestOf(list.data) }, groups, nowAt(chat)),
    traceIdOf(chat),
  );
}

// The times of messages are Linq's, so theirs is the clock to compare them with.
function nowAt(answer: VendorAnswer): number {
  const atMs = Date.parse(answer.header('date') ?? '');
  return Number.isNaN(atMs) ? Date.now() : atMs;
}

type FromMessages = 'lastMessage' | 'ourLastMessage' | 'haveTheyReadSince';

function chatOf({
  is_group: isGroup,
  service,
  health_status: { status: health },
  handles,
}: z.infer<typeof Chat>): Omit<LinqChat, FromMessages> {
  const hasLeft = ({ status, left_at: leftAt }: (typeof handles)[number]): boolean =>
    status === undefined ? typeof leftAt === 'string' : status !== 'active';
  const others = handles.filter((handle) => handle.is_me !== true);
  return {
    isGroup: typeof isGroup === 'boolean' ? isGroup : undefined,
    service,
    health,
    haveWeLeft: handles.some((handle) => handle.is_me === true && hasLeft(handle)),
    haveAllOthersLeft: others.length > 0 && others.every(hasLeft),
  };
}

// The order is not documented. Linq's own adapter for the Chat SDK reads the first page as the recent history, so the
// newest comes first; of what the page holds, the newest counts.
// https://github.com/linq-team/linq-chat-sdk
function newestOf({ messages }: z.infer<typeof Messages>): Pick<LinqChat, FromMessages> {
  const dated = messages
    .map((message) => ({
      service: message.service,
      atMs: instantMs(message.created_at),
      isOurs: message.is_from_me !== false,
      isRead: message.delivery_status === 'read' || message.is_read === true,
      readAtMs: instantMs(message.read_at),
    }))
    .toSorted((one, other) => (other.atMs ?? 0) - (one.atMs ?? 0));
  const ours = dated.find(({ isOurs }) => isOurs);
  const theirs = dated.find(({ isOurs }) => !isOurs);
  return {
    lastMessage: dated[0],
    ourLastMessage: ours,
    haveTheyReadSince:
      ours?.isRead === true && (ours.readAtMs ?? ours.atMs ?? 0) >= (theirs?.atMs ?? 0),
  };
}
