import { textOf } from '../request-fields.ts';
import type { Fields } from '../request-fields.ts';
import type { VendorBubbles, VendorFailure } from '../vendor.ts';
import { missingScope, slackFailure } from './failures.ts';
import type { SlackSettings } from './settings.ts';
import type { SlackThread } from './threads.ts';

/** What a method of the Web API answers: what stands beside `ok: true`, or what is wrong. */
export type WebApiAnswer = { readonly result: object } | VendorFailure;

export interface WebApiParts {
  readonly settings: () => SlackSettings;
  readonly bubbles: VendorBubbles;
  readonly threads: () => readonly SlackThread[];
  /** The `ts` of a message that is written now. */
  readonly nextTs: () => string;
}

const HOUR_MS = 3_600_000;

/** Which users and bot the simulated app is. */
export const SLACK_APP = { id: 'A0123456789', userId: 'U0BOT00000', botId: 'B0BOT00000' } as const;

/**
 * The methods of the Web API that are about typing.
 * @see https://docs.slack.dev/reference/methods
 */
export function webApi(
  parts: WebApiParts,
): Readonly<Record<string, (fields: Fields) => WebApiAnswer>> {
  const { bubbles } = parts;

  /** The scopes are checked before anything else; any one of them is enough. */
  const withScope = (
    scopes: readonly [string, ...string[]],
    answer: (fields: Fields) => WebApiAnswer,
  ): ((fields: Fields) => WebApiAnswer) => {
    return (fields) => {
      const had = parts.settings().scopes;
      return scopes.some((scope) => had.includes(scope))
        ? answer(fields)
        : missingScope(scopes[0], had);
    };
  };

  const inChannel = (channelId: string | undefined): readonly SlackThread[] =>
    parts.threads().filter((thread) => thread.channelId === channelId);

  const findThread = (
    channelId: string | undefined,
    threadTs: string | undefined,
  ): SlackThread | VendorFailure => {
    const channel = inChannel(channelId);
    if (!channel.some(({ bot }) => bot === 'member')) {
      return slackFailure('channel_not_found', { detail: 'Invalid channel_id' });
    }
    const thread = channel.find((one) => one.threadTs === (threadTs ?? null));
    if (thread === undefined || thread.root === 'deleted') return slackFailure('invalid_thread_ts');
    return thread;
  };

  return {
    'assistant.threads.setStatus': withScope(['chat:write', 'assistant:write'], (fields) => {
      if (!parts.settings().takesTexts) return slackFailure('method_deprecated');
      const channelId = textOf(fields, 'channel_id');
      const threadTs = textOf(fields, 'thread_ts');
      const { status } = fields;
      if (inChannel(channelId).some(({ type }) => type === 'session')) {
        return slackFailure('method_not_supported_for_channel_type');
      }
      if (typeof status !== 'string') return argumentMissing('status');
      if (threadTs === undefined) return argumentMissing('thread_ts');
      const messages = listIn(fields['loading_messages']);
      if (messages === null || messages.length > 10) return slackFailure('invalid_arguments');
      const thread = findThread(channelId, threadTs);
      if ('status' in thread) return thread;
      if (status === '') bubbles.stop(thread.id);
      else bubbles.start(thread.id, { shows: messages.join(' · ') || status });
      return { result: {} };
    }),
    'agents.sessions.setStatus': withScope(['chat:write'], (fields) => {
      const { isAgent, hearsStop } = parts.settings();
      if (!isAgent) return slackFailure('feature_disabled');
      const status = textOf(fields, 'status');
      if (status === undefined) return argumentMissing('status');
      const thread = findThread(textOf(fields, 'channel_id'), textOf(fields, 'thread_ts'));
      if ('status' in thread) return thread;
      const id = thread.sessionId;
      if (status === 'processing') {
        bubbles.start(id, { lifetimeMs: HOUR_MS, repeat: 'extends', shows: 'Working…' });
      } else if (/^(?:active|suspended|closed)$/.test(status)) bubbles.stop(id);
      // A word of its own, which changes nothing, and which it does not refuse.
      else return { result: { status: 'active', agent_status: 'active' } };
      return {
        result: {
          status,
          agent_status: status,
          title: textOf(fields, 'title') ?? 'Simulated session',
          ...(status === 'processing' && !hearsStop
            ? {
                warning: 'missing_agent_session_stopped_event_subscription',
                response_metadata: {
                  warnings: ['missing_agent_session_stopped_event_subscription'],
                },
              }
            : {}),
        },
      };
    }),
    'chat.postMessage': withScope(['chat:write'], (fields) => {
      const channel = textOf(fields, 'channel');
      const threadTs = textOf(fields, 'thread_ts');
      const text = textOf(fields, 'text');
      const [first] = inChannel(channel);
      if (first === undefined) return slackFailure('channel_not_found');
      if (first.bot === 'outside') return slackFailure('not_in_channel');
      if (first.isArchived) return slackFailure('is_archived');
      if (text === undefined) return slackFailure('no_text');
      const thread = inChannel(channel).find((one) => one.threadTs === (threadTs ?? null));
      // It takes the text away, and leaves the state as it is.
      if (thread) bubbles.message(thread.id);
      const ts = parts.nextTs();
      const { userId: user, botId: bot_id } = SLACK_APP;
      const message = { type: 'message', user, bot_id, text, ts, thread_ts: threadTs };
      return { result: { channel, ts, message } };
    }),
    'auth.test': () => ({
      result: {
        url: 'https://simulated.slack.com/',
        team: 'Simulated workspace',
        user: 'simulated_bot',
        team_id: 'T0123456789',
        user_id: SLACK_APP.userId,
        bot_id: SLACK_APP.botId,
        is_enterprise_install: false,
      },
    }),
    'conversations.info': withScope(['channels:read', 'groups:read', 'im:read'], (fields) => {
      const [first] = inChannel(textOf(fields, 'channel'));
      if (first === undefined) return slackFailure('channel_not_found');
      const { channelId: id, type, bot, isArchived: is_archived } = first;
      const channel =
        type === 'direct'
          ? { id, is_im: true, user: 'U0ADA00000' }
          : { id, is_channel: true, is_member: bot === 'member', is_archived };
      return { result: { channel } };
    }),
    'conversations.replies': withScope(
      ['channels:history', 'groups:history', 'im:history'],
      (fields) => {
        const thread = findThread(textOf(fields, 'channel'), textOf(fields, 'ts'));
        if ('status' in thread) return slackFailure('thread_not_found');
        const ts = thread.threadTs;
        const message = { type: 'message', user: 'U0ADA00000', text: 'Hi', ts, thread_ts: ts };
        return { result: { messages: [message], has_more: false } };
      },
    ),
  };
}

function argumentMissing(name: string): VendorFailure {
  const messages = [`[ERROR] missing required field: ${name}`];
  return slackFailure('invalid_arguments', { response_metadata: { messages } });
}

/** A list of texts, which a form has as JSON. `null` is no list. */
function listIn(value: unknown): readonly string[] | null {
  if (value === undefined) return [];
  const list: unknown = typeof value === 'string' ? parsed(value) : value;
  return Array.isArray(list) && list.every((text) => typeof text === 'string') ? list : null;
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}
