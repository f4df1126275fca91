import { App, Assistant, HTTPReceiver } from '@slack/bolt';
import { createTyping, slack, type TypingOptions } from 'typingkit';

/** A bot in Slack. It reads SLACK_BOT_TOKEN and SLACK_SIGNING_SECRET. */
export function createBot(
  think: (text: string, signal: AbortSignal) => Promise<string>,
  options: Omit<TypingOptions, 'channels'> = {},
): HTTPReceiver {
  const {
    SLACK_BOT_TOKEN: token = '',
    SLACK_API_URL: baseUrl = 'https://slack.com/api',
    SLACK_SIGNING_SECRET: signingSecret = '',
  } = process.env;
  const receiver = new HTTPReceiver({ signingSecret, endpoints: '/slack' });
  const app = new App({ token, receiver, clientOptions: { slackApiUrl: `${baseUrl}/` } });
  // `sessions` shows a Stop button, too.
  const provider = slack({ botToken: token, baseUrl, sessions: true });
  const typing = createTyping({ ...options, channels: { slack: provider } });

  /** Bolt has answered Slack already, so this may take its time. */
  async function answer(body: unknown, question: string): Promise<void> {
    for (const target of typing.targetsIn('slack', body)) {
      const text = await typing.with('slack', target, ({ signal }) =>
        think(question, signal).catch((error: unknown) => {
          if (!signal.aborted) throw error;
        }),
      );
      if (text === undefined) continue; // The person pressed Stop.
      const { channelId: channel, threadTs } = target;
      await app.client.chat.postMessage({
        channel,
        text,
        ...(threadTs && { thread_ts: threadTs }),
      });
    }
  }

  app.event('app_mention', ({ body, event }) => answer(body, event.text));
  app.assistant(
    new Assistant({
      threadStarted: async ({ say }) => void (await say('What can I do for you?')),
      userMessage: ({ body, message }) =>
        answer(body, 'text' in message ? (message.text ?? '') : ''),
    }),
  );
  app.event('agent_session_stopped', async ({ body }) => {
    for (const event of typing.inboundIn('slack', body)) typing.receive(event);
  });
  return receiver;
}
