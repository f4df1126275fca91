import { createSlackAdapter, type SlackAdapterConfig } from '@chat-adapter/slack';
import { LogLevel, WebClient } from '@slack/web-api';
import type { SlackTarget } from '@typingkit/slack';
import type { Witness, Witnesses } from '../witness.ts';

type Logger = Exclude<SlackAdapterConfig['logger'], undefined>;

/** It would print each failure. */
const silent: Logger = {
  debug() {},
  info() {},
  warn() {},
  error() {},
  child: () => silent,
};

/** Where it types: a session channel has no thread, and none of these clients types in one. */
function placeOf({ channelId, threadTs }: SlackTarget) {
  if (threadTs === null) throw new TypeError('This is no thread.');
  return { channel_id: channelId, thread_ts: threadTs };
}

function webClient(
  { baseUrl, apiKey }: { readonly baseUrl: string; readonly apiKey: string },
  start: (client: WebClient, target: SlackTarget) => Promise<unknown>,
): Witness<SlackTarget> {
  const client = new WebClient(apiKey, {
    slackApiUrl: `${baseUrl}/api/`,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    logLevel: LogLevel.ERROR,
  });
  return { start: (target) => start(client, target) };
}

function chatAdapter(
  { baseUrl, apiKey }: { readonly baseUrl: string; readonly apiKey: string },
  agentView: boolean,
): Witness<SlackTarget> {
  const adapter = createSlackAdapter({
    apiUrl: `${baseUrl}/api/`,
    botToken: apiKey,
    signingSecret: 'a secret',
    agentView,
    logger: silent,
  });
  return {
    async start(target) {
      const { channel_id: channel, thread_ts: threadTs } = placeOf(target);
      await adapter.startTyping(adapter.encodeThreadId({ channel, threadTs }));
    },
  };
}

/** A package by its name shows a text; the same name and "agent" sets the state of an agent session. */
export const witnesses: Witnesses<SlackTarget> = {
  '@slack/web-api': (vendor) =>
    webClient(vendor, (client, target) =>
      client.assistant.threads.setStatus({
        ...placeOf(target),
        status: 'is thinking…',
        loading_messages: ['a', 'b'],
      }),
    ),
  '@slack/web-api agent': (vendor) =>
    webClient(vendor, (client, target) =>
      client.agents.sessions.setStatus({ ...placeOf(target), status: 'processing' }),
    ),
  '@chat-adapter/slack': (vendor) => chatAdapter(vendor, false),
  '@chat-adapter/slack agent': (vendor) => chatAdapter(vendor, true),
};
