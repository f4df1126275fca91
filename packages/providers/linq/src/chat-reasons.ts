import type { DiagnosisReason, TypingCapabilities } from '@typingkit/core';

/** What was read of a message. `undefined`: Linq did not say. */
interface LinqMessage {
  readonly service: string | undefined;
  readonly atMs: number | undefined;
}

/** What was read of a chat. `undefined`: Linq did not say. */
export interface LinqChat {
  readonly isGroup: boolean | undefined;
  readonly service: string | undefined;
  readonly health: string | undefined;
  readonly haveWeLeft: boolean;
  readonly haveAllOthersLeft: boolean;
  /** Whoever sent it. `undefined`: there is none. */
  readonly lastMessage: LinqMessage | undefined;
  /** The newest one that nobody else sent. `undefined`: there is none among the last ones. */
  readonly ourLastMessage: LinqMessage | undefined;
  /** They have read that one, and not written since. */
  readonly haveTheyReadSince: boolean;
}

// Linq shows typing for so long after a message.
// https://docs.linqapp.com/guides/chats/typing-indicators/
const activeMs = 5 * 60_000;

/** Everything in a chat that keeps typing from being seen, or that may. */
export function reasonsNotToShow(
  chat: LinqChat,
  groups: TypingCapabilities['groups'],
  nowMs: number,
): DiagnosisReason[] {
  return [
    leaving(chat),
    optingOut(chat),
    service(chat),
    group(chat, groups),
    activity(chat, nowMs),
    sweeping(chat),
    line(chat),
  ].filter((reason) => reason !== undefined);
}

function leaving({ haveWeLeft, haveAllOthersLeft }: LinqChat): DiagnosisReason | undefined {
  if (haveWeLeft) {
    return {
      code: 'left',
      effect: 'hides',
      message: 'your number has left this chat, or was removed from it',
      advice: 'Ask someone to add the number again, or write to them in another chat.',
    };
  }
  if (!haveAllOthersLeft) return undefined;
  return {
    code: 'left',
    effect: 'hides',
    message: 'your number is the only one left in this chat',
    advice: 'Do not type here: nobody would see it.',
  };
}

function optingOut({ health }: LinqChat): DiagnosisReason | undefined {
  if (health !== 'OPTED_OUT') return undefined;
  return {
    code: 'opted-out',
    effect: 'hides',
    message: 'the recipient has opted out of messages from this line',
    advice: 'Do not write to them until they have opted in again.',
  };
}

function service({ service: ofChat, lastMessage }: LinqChat): DiagnosisReason | undefined {
  // A chat falls back from iMessage while what Linq says of the chat is still the old service.
  const over = [lastMessage?.service, ofChat].find((each) => each === 'SMS' || each === 'RCS');
  if (over) {
    return {
      code: 'service',
      effect: 'hides',
      message: `this chat runs over ${over}, where typing is not shown`,
      advice: 'Do not type in this chat: Linq accepts it and shows nothing.',
    };
  }
  if (ofChat === 'iMessage') return undefined;
  return {
    code: 'service-unknown',
    effect: 'may-hide',
    message: 'Linq does not say which service this chat uses',
    advice: 'Check the service of its messages: only iMessage shows typing.',
  };
}

function group(
  { isGroup }: LinqChat,
  groups: TypingCapabilities['groups'],
): DiagnosisReason | undefined {
  if (isGroup === false || groups === true) return undefined;
  const advice =
    'Linq refused typing in groups until August 2026. Set the option groups to what your account does.';
  if (isGroup === undefined) {
    return {
      code: 'group',
      effect: 'may-hide',
      message: 'Linq does not say whether this chat is a group',
      advice,
    };
  }
  return groups === false
    ? {
        code: 'group',
        effect: 'hides',
        message: 'this chat is a group, and Linq does not show typing in groups',
        advice,
      }
    : {
        code: 'group',
        effect: 'may-hide',
        message: 'this chat is a group, and Linq may not show typing in groups',
        advice,
      };
}

function activity(
  { lastMessage, ourLastMessage }: LinqChat,
  nowMs: number,
): DiagnosisReason | undefined {
  const inactive = {
    code: 'inactive-chat',
    advice: 'Send a message first. Linq shows typing only within 5 minutes of one.',
  } as const;
  if (!lastMessage) {
    return { ...inactive, effect: 'hides', message: 'there is no message in this chat yet' };
  }
  if (lastMessage.atMs === undefined) {
    return {
      ...inactive,
      effect: 'may-hide',
      message: 'Linq does not say when the last message in this chat was sent',
    };
  }
  if (nowMs - lastMessage.atMs > activeMs) {
    return {
      ...inactive,
      effect: 'hides',
      message: 'the last message in this chat is older than 5 minutes',
    };
  }
  if (ourLastMessage?.atMs !== undefined && nowMs - ourLastMessage.atMs <= activeMs)
    return undefined;
  // Until July 2026 a message of either side counted; since then only ours does, or it is "not deterministic".
  return {
    ...inactive,
    effect: 'may-hide',
    message: 'your own last message in this chat is older than 5 minutes',
    advice:
      'If it matters, send a message first: Linq reliably shows typing only after one of yours.',
  };
}

// Since July 2026: who brings Messages to the front with something unread clears the bubble. A read message is the one
// trace of it. Where they have written since, the bot types in answer to that, and so began later.
// https://docs.linqapp.com/guides/chats/typing-indicators/
function sweeping({ haveTheyReadSince }: LinqChat): DiagnosisReason | undefined {
  if (!haveTheyReadSince) return undefined;
  return {
    code: 'unverified',
    effect: 'may-hide',
    message: 'the recipient has read your last message, and opening Messages clears a bubble',
    advice:
      'If you were typing at that moment, stop and start again, or send a message: a start alone may not bring the bubble back.',
  };
}

function line({ health }: LinqChat): DiagnosisReason | undefined {
  if (health !== 'AT_RISK' && health !== 'CRITICAL') return undefined;
  return {
    code: 'line',
    effect: 'may-hide',
    message: `Linq reports the health of this chat as ${health}`,
    advice: 'Write less until it is HEALTHY again: Linq may not deliver everything.',
  };
}
