import type { TypingCapabilities } from '@typingkit/core';

/** What Telegram does with an action, and with a draft. */
export interface TelegramCapabilities {
  readonly action: TypingCapabilities;
  readonly drafted: TypingCapabilities;
}

/** @param cancel whether a stop is asked for, by the action that nobody documents. */
export function capabilitiesFor(cancel: boolean): TelegramCapabilities {
  const action: TypingCapabilities = {
    // "5 seconds or less": https://core.telegram.org/bots/api#sendchataction
    ttl: { kind: 'fixed', ms: 5_000, source: 'documented' },
    repeat: 'extends',
    // https://github.com/tdlib/telegram-bot-api takes the action `cancel`; the documentation names no stop.
    stop: cancel ? 'explicit' : 'expires',
    clearsOnMessage: true,
    groups: true,
    refreshMs: 4_000,
    minIntervalMs: 1_000,
    sideEffects: [],
    inbound: false,
    actions: [
      'typing',
      'upload_photo',
      'record_video',
      'upload_video',
      'record_voice',
      'upload_voice',
      'upload_document',
      'choose_sticker',
      'find_location',
      'record_video_note',
      'upload_video_note',
    ],
    requires: [
      'a chat with a person or a group, not a channel',
      'a bot that is not an anonymous administrator of the group',
    ],
  };
  const drafted: TypingCapabilities = {
    ...action,
    // https://core.telegram.org/bots/api#sendmessagedraft
    ttl: { kind: 'fixed', ms: 30_000, source: 'documented' },
    stop: 'expires',
    refreshMs: 24_000,
    groups: false,
    actions: [],
    requires: ['a private chat'],
  };
  return { action, drafted };
}
