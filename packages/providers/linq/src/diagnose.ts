import {
  type CallOptions,
  type Diagnosis,
  diagnosisOf,
  type TypingCapabilities,
} from '@typingkit/core';
import type { VendorAnswer, VendorClient } from '@typingkit/core/http';
import {
  anything,
  array,
  object,
  optional,
  otherwise,
  type OutputOf,
  string,
} from '@typingkit/core/schema';
import { type LinqChat, reasonsNotToShow } from './chat-reasons.ts';
import { traceIdOf } from './error-body.ts';
import { instantMs } from './instant.ts';
import type { LinqTarget } from './target.ts';

// What Linq says of a chat is only ever read to find a reason. A field that is missing or of another kind gives none, or
// leaves a doubt.
const anyText = otherwise(optional(string()), undefined);
const Handle = otherwise(object({ is_me: anything(), status: anyText, left_at: anything() }), {
  status: undefined,
});
const Chat = object({
  is_group: anything(),
  service: anyText,
  health_status: otherwise(object({ status: anyText }), { status: undefined }),
  handles: otherwise(array(Handle), []),
});
const Messages = object({
  messages: array(
    object({
      created_at: anything(),
      service: anyText,
      is_from_me: anything(),
      delivery_status: anything(),
      is_read: anything(),
      read_at: anything(),
    }),
  ),
});

/** How far back a message of ours is looked for. */
const mostMessages = 20;

/**
 * Reads a chat and its last messages, and says what in them keeps typing from being seen.
 *
 * @see https://docs.linqapp.com/guides/chats/typing-indicators/
 */
export async function diagnoseLinqChat(
  ask: VendorClient<LinqTarget>,
  groups: TypingCapabilities['groups'],
  target: LinqTarget,
  call: CallOptions,
): Promise<Diagnosis> {
  const read = (path: string) =>
    ask({ operation: 'diagnose', method: 'get', path, expects: 200, target }, call);
  // One after the other, so that nothing is still under way when the first one fails.
  const chat = await read(`/v3/chats/${target.chatId}`);
  const aboutChat = Chat.read(chat.body);
  if (!aboutChat) throw chat.failure('bad-response');
  const messages = await read(`/v3/chats/${target.chatId}/messages?limit=${mostMessages}`);
  const list = Messages.read(messages.body);
  if (!list) throw messages.failure('bad-response');
  return diagnosisOf(
    reasonsNotToShow({ ...chatOf(aboutChat), ...newestOf(list) }, groups, nowAt(chat)),
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
}: OutputOf<typeof Chat>): Omit<LinqChat, FromMessages> {
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
function newestOf({ messages }: OutputOf<typeof Messages>): Pick<LinqChat, FromMessages> {
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
