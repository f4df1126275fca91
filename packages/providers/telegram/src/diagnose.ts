import {
  type CallOptions,
  type Diagnosis,
  type DiagnosisCode,
  diagnosisOf,
  type DiagnosisReason,
  TypingError,
} from '@typingkit/core';
import type { VendorClient } from '@typingkit/core/http';
import { anything, integer, object, otherwise } from '@typingkit/core/schema';
import type { TelegramTarget } from './target.ts';

// Only ever read to find a reason: a field that is missing gives none.
const Me = object({ result: object({ id: integer(), has_topics_enabled: anything() }) });
const Chat = object({ result: object({ type: anything(), is_direct_messages: anything() }) });
const Member = object({
  result: object({ status: anything(), is_anonymous: anything(), can_send_messages: anything() }),
});
const Business = object({
  result: object({
    is_enabled: anything(),
    rights: otherwise(object({ can_reply: anything() }), { can_reply: undefined }),
  }),
});

/** Nobody can ask whether a person has blocked the bot, or looks at the chat. */
const unseen: DiagnosisReason = {
  code: 'unverified',
  effect: 'may-hide',
  message:
    'Telegram shows typing only to people who have not blocked the bot, and there is no way to check',
  advice: 'Send one start: it fails with forbidden if the person has blocked the bot.',
};

/**
 * Reads who the bot is, what the chat is, and what the bot is in it.
 *
 * @see https://core.telegram.org/bots/api#getchatmember
 */
export async function diagnoseChat(
  ask: VendorClient<TelegramTarget>,
  target: TelegramTarget,
  call: CallOptions,
): Promise<Diagnosis> {
  const read = async (path: string, query: Record<string, string> = {}): Promise<unknown> => {
    const request = { operation: 'diagnose', method: 'get', path, query, expects: 200 } as const;
    return (await ask({ ...request, target }, call)).body;
  };
  const chatId = String(target.chatId);
  const { businessConnectionId: connection } = target;
  if (connection !== undefined) {
    // The chat is the account's: the bot itself need not know it.
    const query = { business_connection_id: connection };
    const business = Business.read(await read('/getBusinessConnection', query))?.result;
    return diagnosisOf([
      ...(business?.is_enabled === false ? [switchedOff] : []),
      ...(business && business.rights.can_reply !== true ? [mayNotReply] : []),
      unseen,
    ]);
  }
  const me = Me.read(await read('/getMe'))?.result;
  try {
    const chat = Chat.read(await read('/getChat', { chat_id: chatId }))?.result;
    if (chat?.type === 'channel' || chat?.is_direct_messages === true) {
      return diagnosisOf([
        hides('unsupported', 'channels do not show typing', 'Leave the indicator out here.'),
      ]);
    }
    if (chat?.type === 'private') {
      const hasNoTopics = target.threadId !== undefined && me?.has_topics_enabled === false;
      return diagnosisOf([...(hasNoTopics ? [noTopics] : []), unseen]);
    }
    const query = { chat_id: chatId, user_id: String(me?.id ?? 0) };
    const member = Member.read(await read('/getChatMember', query))?.result;
    return diagnosisOf([...memberReasons(member), unseen]);
  } catch (error) {
    // Whoever was put out of a group may not read it either.
    if (TypingError.isInstance(error) && error.code === 'forbidden') return diagnosisOf([left]);
    throw error;
  }
}

function memberReasons(
  member: { status?: unknown; is_anonymous?: unknown; can_send_messages?: unknown } | undefined,
): DiagnosisReason[] {
  switch (member?.status) {
    case 'left':
    case 'kicked':
      return [left];
    case 'restricted':
      return member.can_send_messages === false ? [restricted] : [];
    case 'administrator':
      return member.is_anonymous === true ? [anonymous] : [];
    default:
      return [];
  }
}

function hides(code: DiagnosisCode, message: string, advice: string): DiagnosisReason {
  return { code, effect: 'hides', message, advice };
}

const left = hides('left', 'the bot is not in this chat', 'Add the bot to the chat again.');
const restricted = hides(
  'forbidden',
  'the bot may not write in this group',
  'Ask an administrator to let it send messages.',
);
const anonymous = hides(
  'account',
  'the bot is an anonymous administrator, whose typing is not shown',
  'Switch off "Remain anonymous" for the bot.',
);
const noTopics = hides(
  'wrong-target',
  'this bot has no topics in private chats',
  'Leave threadId out, or switch topics on at BotFather.',
);
const switchedOff = hides(
  'account',
  'the business account has switched this bot off',
  'Ask its owner to connect the bot again.',
);
const mayNotReply = hides(
  'forbidden',
  'the business account does not let this bot reply',
  'Ask its owner to let the bot reply.',
);
