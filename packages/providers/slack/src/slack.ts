import {
  parseOptions,
  parseTarget,
  type ProviderAddress,
  type StartReceipt,
  type TypingCapabilities,
  TypingError,
  type TypingProvider,
} from '@typingkit/core';
import {
  type CredentialSource,
  credentialField,
  type Parameters,
  type ReadError,
  transportFields,
  type TransportOptions,
  type VendorAnswer,
  vendorClient,
} from '@typingkit/core/http';
import {
  anything,
  array,
  boolean,
  literal,
  object,
  optional,
  refined,
  strictObject,
  string,
  withDefault,
} from '@typingkit/core/schema';
import { state, text, textAndState } from './capabilities.ts';
import { diagnoseThread } from './diagnose.ts';
import { readStateError, readTextError } from './error-body.ts';
import { slackInboundIn, slackTargetsIn } from './inbound.ts';
import { type SlackTarget, Thread, ThreadOrSession } from './target.ts';

/** What {@link slackAddress} needs to know. */
export interface SlackAddressOptions {
  /**
   * The app's own id, `A0123456789`. With the workspace in the target it names the credential. Default: the workspace alone
   * does; two apps in one workspace then need this.
   */
  readonly appId?: string | undefined;
  /**
   * Whether to set the state of an agent session as well, which shows a stop button. The app must be declared as an agent.
   * Give the events `agent_session_stopped` to `typing.inboundIn`, and `session.signal` is aborted. Default: `false`: a
   * button that does nothing is worse than none.
   *
   * @see https://docs.slack.dev/ai/agent-sessions
   */
  readonly sessions?: boolean | undefined;
}

/** What {@link slack} needs to know. */
export interface SlackOptions extends TransportOptions, SlackAddressOptions {
  /** The token of the bot, `xoxb-…`, or a function that returns that of the target's workspace. */
  readonly botToken: CredentialSource<string, SlackTarget>;
  /** Where the Web API is. Default: `https://slack.com/api`. */
  readonly baseUrl?: string | undefined;
  /** What stands behind the app's name until `session.update({ status })` says something else. Default: `is typing…`. */
  readonly status?: string | undefined;
  /** What Slack shows in turn while the status is the one above, at most 10 texts. Default: nothing but the status. */
  readonly loadingMessages?: readonly string[] | undefined;
}

const addressFields = {
  appId: optional(string(/^A[A-Z0-9]{2,30}$/, 'must be the id of an app such as A0123456789')),
  sessions: withDefault(boolean(), false),
};
const Text = string(/\S/, 'must be a text');
const AddressOptions = strictObject(addressFields);
const Options = strictObject({
  ...transportFields('https://slack.com/api'),
  ...addressFields,
  botToken: credentialField<SlackTarget>(),
  status: withDefault(Text, 'is typing…'),
  loadingMessages: optional(
    refined(array(Text), ({ length }) =>
      length < 1 || length > 10 ? 'must be 1 to 10 texts' : undefined,
    ),
  ),
});
const Accepted = object({ ok: literal(true) });
const AcceptedState = object({
  ok: literal(true),
  agent_status: anything(),
  warning: anything(),
});

/**
 * The part of {@link slack} that needs no token.
 *
 * @throws TypingError `misconfigured`, where an option is not what it should be.
 */
export function slackAddress(options: SlackAddressOptions = {}): ProviderAddress<SlackTarget> {
  const { appId, sessions } = parseOptions('slack', AddressOptions, options);
  const inThread = sessions ? textAndState : text;
  return {
    specification: 1,
    name: 'slack',
    capabilities: inThread,
    capabilitiesOf: ({ threadTs }): TypingCapabilities => (threadTs === null ? state : inThread),
    parseTarget: (input) => parseTarget('slack', sessions ? ThreadOrSession : Thread, input),
    conversationKey: ({ channelId, threadTs }) => `${channelId} ${threadTs ?? ''}`,
    // A workspace is a token of its own. Without either id nobody knows whose token it is but the provider.
    credentialKey: ({ teamId }) =>
      [appId, teamId].filter((id) => id !== undefined).join(' ') || undefined,
    targetsIn: slackTargetsIn,
    inboundIn: (event) =>
      slackInboundIn(event).filter(({ target }) => sessions || target.threadTs !== null),
  };
}

/**
 * Slack through the Web API: a text behind the app's name, in a thread.
 *
 * With `sessions` a start in a thread is two requests, the text and the state.
 *
 * @throws TypingError `misconfigured`, where an option is missing or is not what it should be.
 * @see https://docs.slack.dev/reference/methods/assistant.threads.setStatus
 */
export function slack(options: SlackOptions): TypingProvider<SlackTarget> {
  const { botToken, appId, sessions, status, loadingMessages, ...transport } = parseOptions(
    'slack',
    Options,
    options,
  );
  const clientWith = (readError: ReadError) =>
    vendorClient<string, SlackTarget>(
      'slack',
      { ...transport, apiKey: botToken },
      { credentialOption: 'botToken', readError },
    );
  const [askForText, askForState] = [clientWith(readTextError), clientWith(readStateError)];

  const setText = async (
    operation: 'start' | 'stop',
    target: SlackTarget,
    words: Parameters,
    signal: AbortSignal | undefined,
  ): Promise<void> => {
    const path = '/assistant.threads.setStatus';
    const form = { ...placeOf(target), ...words };
    const request = { operation, method: 'post', path, form, expects: 200, target } as const;
    const answer = await askForText(request, { signal });
    if (!Accepted.accepts(answer.body)) throw answer.failure();
  };
  const setState = async (
    operation: 'start' | 'stop',
    target: SlackTarget,
    wanted: 'processing' | 'active',
    signal: AbortSignal | undefined,
  ): Promise<StartReceipt> => {
    const path = '/agents.sessions.setStatus';
    // Never a text: Slack takes any word here, and does nothing for one that it does not know.
    const form = { ...placeOf(target), status: wanted };
    const request = { operation, method: 'post', path, form, expects: 200, target } as const;
    const answer = await askForState(request, { signal });
    const accepted = AcceptedState.read(answer.body);
    if (accepted?.agent_status !== wanted) throw answer.failure();
    return warningsIn(answer, accepted.warning);
  };

  return {
    ...slackAddress({ appId, sessions }),
    async start(target, { status: wish, signal }) {
      if (target.threadTs === null) return setState('start', target, 'processing', signal);
      // An empty text would be a stop.
      const said = wish?.trim() ? wish : undefined;
      // The same each time: Slack begins the messages anew where they differ, and the line jumps.
      const turns = loadingMessages && (said === undefined ? loadingMessages : [said]);
      const words = {
        status: said ?? status,
        loading_messages: turns && JSON.stringify(turns),
      };
      if (!sessions) {
        await setText('start', target, words, signal);
        return {};
      }
      // The text first: where the second one fails, two minutes are sooner over than an hour.
      const isShown = await orUnsupported(setText('start', target, words, signal));
      const receipt = await setState('start', target, 'processing', signal);
      return isShown || said === undefined ? receipt : { ...receipt, notShown: ['status'] };
    },
    async stop(target, { signal }) {
      const noText = (): Promise<void> => setText('stop', target, { status: '' }, signal);
      if (!sessions) return noText();
      await setState('stop', target, 'active', signal);
      if (target.threadTs !== null) await orUnsupported(noText());
    },
    diagnose: (target, call) => diagnoseThread(askForText, sessions, target, call),
  };
}

function placeOf({ channelId, threadTs }: SlackTarget): Parameters {
  return { channel_id: channelId, thread_ts: threadTs ?? undefined };
}

/** Texts go in February 2027, and session channels have none. The state does not wait for them. */
async function orUnsupported(exchange: Promise<void>): Promise<boolean> {
  try {
    await exchange;
    return true;
  } catch (error) {
    if (TypingError.isInstance(error) && error.code === 'unsupported') return false;
    throw error;
  }
}

function warningsIn({ redact }: VendorAnswer, warning: unknown): StartReceipt {
  const code = redact.word(warning);
  if (code === undefined) return {};
  const message =
    code === 'missing_agent_session_stopped_event_subscription'
      ? 'There is no stop button: subscribe the app to the event agent_session_stopped'
      : 'Slack accepted it with a warning';
  return { warnings: [{ code, message }] };
}
