import type { ProviderInboundEvent } from '@typingkit/core';
import {
  anything,
  array,
  boolean,
  literal,
  nullish,
  object,
  optional,
  otherwise,
  string,
} from '@typingkit/core/schema';
import { ChannelId, type SlackTarget, TeamId, ThreadTs } from './target.ts';

const Team = otherwise(optional(TeamId), undefined);
/** A form's field holds JSON, Socket Mode's an object. */
const Envelope = object({ payload: anything() });
const Callback = object({
  type: literal('event_callback'),
  event: anything(),
  event_id: otherwise(optional(string()), undefined),
  team_id: Team,
  authorizations: otherwise(optional(array(object({ team_id: Team }))), undefined),
});
const Message = object({
  type: literal('message', 'app_mention'),
  channel: ChannelId,
  ts: ThreadTs,
  thread_ts: optional(ThreadTs),
  // What a person wrote has none of the others: https://docs.slack.dev/reference/events/message#subtypes
  subtype: optional(literal('file_share', 'me_message', 'thread_broadcast')),
  bot_id: nullish(literal(null)),
});
const ThreadStarted = object({
  type: literal('assistant_thread_started'),
  assistant_thread: object({ channel_id: ChannelId, thread_ts: ThreadTs }),
});
const Place = object({
  ts: optional(ThreadTs),
  message_ts: optional(ThreadTs),
  thread_ts: optional(ThreadTs),
  is_ephemeral: otherwise(optional(boolean()), undefined),
});
const Interaction = object({
  type: literal('block_actions', 'message_action'),
  channel: object({ id: ChannelId }),
  team: otherwise(optional(object({ id: Team })), undefined),
  container: otherwise(optional(Place), undefined),
  message: otherwise(optional(Place), undefined),
});
const Stopped = object({
  type: literal('agent_session_stopped'),
  channel: ChannelId,
  thread_ts: nullish(ThreadTs),
  event_ts: ThreadTs,
});

/**
 * The thread in which a message, a mention or a press of a button is to be answered. A message outside of a thread begins
 * one. Nothing is answered that a bot wrote, that was edited or deleted, or that only one person sees.
 *
 * @see https://docs.slack.dev/apis/events-api
 */
export function slackTargetsIn(body: unknown): SlackTarget[] {
  const payload = payloadIn(body);
  const { event, teamId } = eventIn(payload);
  const message = Message.read(event);
  if (message) {
    const { channel: channelId, ts, thread_ts: threadTs = ts } = message;
    return [{ channelId, threadTs, teamId }];
  }
  const started = ThreadStarted.read(event)?.assistant_thread;
  if (started) return [{ channelId: started.channel_id, threadTs: started.thread_ts, teamId }];
  const interaction = Interaction.read(payload);
  if (!interaction) return [];
  const { channel, team, container, message: pressed } = interaction;
  const own = container?.is_ephemeral ? undefined : (pressed?.ts ?? container?.message_ts);
  const threadTs = container?.thread_ts ?? pressed?.thread_ts ?? own;
  return threadTs === undefined ? [] : [{ channelId: channel.id, threadTs, teamId: team?.id }];
}

/**
 * The press of the stop button. Slack tells of nobody's typing.
 *
 * @see https://docs.slack.dev/reference/events/agent_session_stopped
 */
export function slackInboundIn(body: unknown): ProviderInboundEvent<SlackTarget>[] {
  const { event, eventId, teamId } = eventIn(payloadIn(body));
  const stopped = Stopped.read(event);
  if (!stopped) return [];
  const { channel: channelId, thread_ts: threadTs = null, event_ts: ts } = stopped;
  return [
    {
      state: 'stop-requested',
      target: { channelId, threadTs, teamId },
      at: new Date(Number(ts) * 1000),
      eventId: eventId ?? ts,
    },
  ];
}

function payloadIn(body: unknown): unknown {
  const payload = Envelope.read(body)?.payload;
  if (typeof payload !== 'string') return payload ?? body;
  try {
    return JSON.parse(payload);
  } catch {
    return undefined;
  }
}

/** The event, in its envelope or as Bolt hands it on, and the workspace where the app is installed. */
function eventIn(payload: unknown): {
  event: unknown;
  eventId?: string | undefined;
  teamId?: string | undefined;
} {
  const callback = Callback.read(payload);
  if (!callback) return { event: payload };
  const { event, event_id: eventId, team_id: teamId, authorizations } = callback;
  // In a channel that several workspaces share, `team_id` may be that of the others.
  return { event, eventId, teamId: authorizations?.[0]?.team_id ?? teamId };
}
