import type { BotApiCall } from '../../telegram-on-loopback.ts';
import { forum, plainChat } from './outage.ts';

/** How often each chat was asked to type, and how often within the first 30 seconds. */
export function countSends(
  calls: readonly BotApiCall[],
  beganAtMs: number,
): Record<string, number> {
  const typing = calls.filter(({ method }) => method === 'sendChatAction');
  const sends = (chat: number, withinMs: number): number =>
    typing.filter(({ chatId, atMs }) => chatId === chat && atMs - beganAtMs < withinMs).length;
  return {
    topicSends: sends(forum, Infinity),
    topicSendsIn30s: sends(forum, 30_000),
    plainSends: sends(plainChat, Infinity),
    plainSendsIn30s: sends(plainChat, 30_000),
  };
}
