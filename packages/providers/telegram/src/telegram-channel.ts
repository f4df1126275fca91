import type { ChannelDescription } from '@typingkit/core';
import type { TelegramTarget } from './target.ts';
import { telegram, telegramAddress } from './telegram.ts';

/** The channel `telegram`, as it is configured by strings: environment variables, flags. */
export const telegramChannel: ChannelDescription<TelegramTarget, 'telegram'> = {
  channel: 'telegram',
  provider: 'telegram',
  factory: 'telegram',
  vendor: 'Telegram',
  documentation: 'https://core.telegram.org/bots/tutorial',
  targetFields: [
    {
      name: 'chatId',
      description: "the chat's id, as message.chat.id in every update, or @username of a group",
      example: '-1001234567890',
      isOptional: false,
    },
    {
      name: 'threadId',
      description: 'the topic, as message.message_thread_id if is_topic_message is true',
      example: '17',
      isOptional: true,
    },
    {
      name: 'businessConnectionId',
      description: 'the business connection, as business_message.business_connection_id',
      example: 'AbCdEfGh12345678',
      isOptional: true,
    },
  ],
  settings: [
    {
      name: 'botToken',
      variables: ['TELEGRAM_BOT_TOKEN'],
      description: 'the token of the bot, from BotFather',
      isRequired: true,
      isSecret: true,
    },
    {
      name: 'baseUrl',
      variables: ['TELEGRAM_API_BASE_URL'],
      description: 'the base URL of the Bot API',
      isRequired: false,
      isSecret: false,
      isAddress: true,
    },
  ],
  address: () => telegramAddress(),
  create: ({ botToken = '', baseUrl }) => telegram({ botToken, baseUrl }),
};
