import { messagingApi, middleware, type webhook } from '@line/bot-sdk';
import express, { type Express } from 'express';
import { withTyping } from 'typingkit';

/** A bot on LINE. It reads LINE_CHANNEL_ACCESS_TOKEN and LINE_CHANNEL_SECRET. */
export function createBot(think: (text: string) => Promise<string>): Express {
  const {
    LINE_CHANNEL_ACCESS_TOKEN: channelAccessToken = '',
    LINE_API_URL: baseURL = 'https://api.line.me',
    LINE_CHANNEL_SECRET: channelSecret = '',
  } = process.env;
  const line = new messagingApi.MessagingApiClient({ channelAccessToken, baseURL });
  const say = (to: string, text: string) =>
    line.pushMessage({ to, messages: [{ type: 'text', text }] });

  async function answer({ source }: webhook.MessageEvent, question: string): Promise<void> {
    if (source?.type === 'user' && source.userId !== undefined) {
      // LINE takes the indicator away as soon as the reply is there.
      const text = await withTyping('line', { userId: source.userId }, () => think(question));
      await say(source.userId, text);
    } else if (source?.type === 'group') {
      // A group has no indicator, and a bot cannot react to a message: a message says it.
      const { groupId } = source;
      const fallback = { show: () => say(groupId, 'One moment…') };
      const text = await withTyping('line', { groupId }, () => think(question), { fallback });
      await say(groupId, text);
    }
  }

  const app = express();
  app.post('/line', middleware({ channelSecret }), ({ body }, response) => {
    const { events } = body as webhook.CallbackRequest; // LINE has signed it.
    for (const event of events)
      if (event.type === 'message' && event.message.type === 'text')
        answer(event, event.message.text).catch(console.error);
    response.end(); // At once: LINE gives up after a few seconds.
  });
  return app;
}
