import type {
  ConnectSafelyTarget,
  DiscordTarget,
  InstagramTarget,
  LinqTarget,
  MessengerTarget,
  SlackTarget,
  TeamsTarget,
  TelegramTarget,
  WhatsAppTarget,
} from 'typingkit';

/** The channels of this bot, and the targets of the vendor that it has for each. */
export interface BotTargets {
  readonly discord: DiscordTarget;
  readonly imessage: LinqTarget;
  readonly instagram: InstagramTarget;
  readonly linkedin: ConnectSafelyTarget;
  readonly messenger: MessengerTarget;
  readonly slack: SlackTarget;
  readonly teams: TeamsTarget;
  readonly telegram: TelegramTarget;
  readonly whatsapp: WhatsAppTarget;
}

/** As much of ConnectSafely's webhook as says who wrote. */
interface LinkedInMessage {
  readonly data: { readonly sender: { readonly id: string }; readonly account_id: string };
}

/** The platforms that this bot serves. */
export type NineChannel = keyof BotTargets;

/** How a text is sent on each platform, in its simplest form. */
export const reply: {
  readonly [Channel in NineChannel]: (
    target: BotTargets[Channel],
    text: string,
    message: unknown,
  ) => Promise<unknown>;
} = {
  discord: ({ channelId }, content) =>
    post(
      `${from('DISCORD_API_URL', 'https://discord.com/api/v10')}/channels/${channelId}/messages`,
      `Bot ${from('DISCORD_BOT_TOKEN')}`,
      { content },
    ),
  imessage: ({ chatId }, value) =>
    post(
      `${from('LINQ_API_BASE_URL', 'https://api.linqapp.com/api/partner')}/v3/chats/${chatId}/messages`,
      `Bearer ${from('LINQ_API_KEY')}`,
      { message: { parts: [{ type: 'text', value }] } },
    ),
  instagram: ({ recipientId, accountId }, text) =>
    post(
      `${from('INSTAGRAM_API_URL', 'https://graph.instagram.com')}/v25.0/${accountId ?? 'me'}/messages`,
      `Bearer ${from('INSTAGRAM_ACCESS_TOKEN')}`,
      { recipient: { id: recipientId }, message: { text } },
    ),
  linkedin(_, text, message) {
    // ConnectSafely signed it.
    const { sender, account_id: accountId } = (message as LinkedInMessage).data;
    return post(
      `${from('CONNECTSAFELY_BASE_URL', 'https://api.connectsafely.ai/linkedin')}/messaging/send-with-typing`,
      `Bearer ${from('CONNECTSAFELY_API_KEY')}`,
      { accountId, recipientProfileUrn: sender.id, message: text },
    );
  },
  messenger: ({ recipientId, pageId }, text) =>
    post(
      `${from('FACEBOOK_API_URL', 'https://graph.facebook.com')}/v25.0/${pageId ?? 'me'}/messages`,
      `Bearer ${from('FACEBOOK_PAGE_ACCESS_TOKEN')}`,
      { recipient: { id: recipientId }, messaging_type: 'RESPONSE', message: { text } },
    ),
  slack: ({ channelId, threadTs }, text) =>
    post(
      `${from('SLACK_API_URL', 'https://slack.com/api')}/chat.postMessage`,
      `Bearer ${from('SLACK_BOT_TOKEN')}`,
      { channel: channelId, thread_ts: threadTs ?? undefined, text },
    ),
  // Microsoft has signed where it wants the answer.
  teams: async ({ serviceUrl = '', conversationId }, text) =>
    post(
      `${serviceUrl.replace(/\/$/, '')}/v3/conversations/${encodeURIComponent(conversationId)}/activities`,
      `Bearer ${await teamsToken()}`,
      { type: 'message', text },
    ),
  telegram: ({ chatId, threadId, businessConnectionId }, text) =>
    post(
      `${from('TELEGRAM_API_BASE_URL', 'https://api.telegram.org')}/bot${from('TELEGRAM_BOT_TOKEN')}/sendMessage`,
      undefined,
      {
        chat_id: chatId,
        message_thread_id: threadId,
        business_connection_id: businessConnectionId,
        text,
      },
    ),
  whatsapp: ({ from: to, phoneNumberId = from('WHATSAPP_PHONE_NUMBER_ID') }, body) =>
    post(
      `${from('WHATSAPP_API_URL', 'https://graph.facebook.com')}/v25.0/${phoneNumberId}/messages`,
      `Bearer ${from('WHATSAPP_ACCESS_TOKEN')}`,
      { messaging_product: 'whatsapp', to, type: 'text', text: { body } },
    ),
};

async function teamsToken(): Promise<string> {
  const tenant = from('TEAMS_APP_TENANT_ID', 'botframework.com');
  const url = from(
    'TEAMS_TOKEN_URL',
    `https://login.microsoftonline.com/${tenant}/oauth2/v2.0/token`,
  );
  const response = await fetch(url, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: from('TEAMS_APP_ID'),
      client_secret: from('TEAMS_APP_PASSWORD'),
      scope: 'https://api.botframework.com/.default',
    }),
  });
  const { access_token: token } = (await response.json()) as { access_token?: string };
  if (token === undefined) throw new Error(`Microsoft gave no token: ${response.status}.`);
  return token;
}

/** @throws Error with the status alone: an address may hold a key, as Telegram's does. */
async function post(url: string, authorization: string | undefined, body: object): Promise<void> {
  const response = await fetch(url, {
    method: 'POST',
    headers: {
      'content-type': 'application/json; charset=utf-8',
      'user-agent': 'DiscordBot (https://example.com, 1.0)', // Only Discord asks for one.
      ...(authorization !== undefined && { authorization }),
    },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`The platform refused the reply: ${response.status}.`);
}

function from(name: string, otherwise = ''): string {
  return process.env[name] || otherwise;
}
