import { type InboundTyping, parseOptions } from '@typingkit/core';
import {
  hmacSignature,
  isStandardWebhookSecret,
  secretsIn,
  type SignatureScheme,
  standardWebhookSignature,
  webhookHandler,
  type WebhookSecret,
  type WebhookSettings,
} from '@typingkit/core/webhook';
import {
  anyFunction,
  anything,
  boolean,
  custom,
  milliseconds,
  optional,
  refined,
  strictObject,
  string,
  withDefault,
} from '@typingkit/core/schema';
import type { LinqTarget } from '../target.ts';
import { type LinqEvent, type LinqMessage, linqEventReader } from './linq-event.ts';

/** What {@link linqWebhook} needs to know: the secret, and at least one of `onMessage` and `onTyping`. */
export interface LinqWebhookOptions<Channel extends string = 'imessage'> extends WebhookSettings {
  /**
   * The subscription's `signing_secret`. Several where one is being replaced by another: each of them is good, and those
   * that are `undefined` or empty are left out.
   */
  readonly secret: WebhookSecret;
  /**
   * Takes a message that came in, and its chat: where to type. It is called once for each message. Where it throws at once,
   * Linq sends the message again; where it takes longer than `acceptAfterMs`, Linq has its answer and the work
   * goes on. Default: messages are answered with 200 and left alone.
   */
  readonly onMessage?: ((message: LinqMessage, target: LinqTarget) => unknown) | undefined;
  /**
   * Takes what happened: `typing.receive` of `createTyping`, for one. A promise is waited for, so hand over what takes
   * long. What it throws goes to `onFailure` and makes Linq send the event again. It can be called for several events at
   * once. Default: events about typing are answered with 200 and left alone.
   */
  readonly onTyping?:
    | ((typing: InboundTyping<NoInfer<Channel>, LinqTarget>) => unknown)
    | undefined;
  /** The name of the channel in the events. Default: `'imessage'`. */
  readonly channel?: Channel | undefined;
  /**
   * How long a `started` holds where no `stopped` comes, in milliseconds. Events about typing that are older are dropped.
   * Default: 60,000. Linq does not say how long people's own indicators last; its guide gives 60 s for those that it shows.
   */
  readonly expiresMs?: number | undefined;
  /**
   * Whether a request without Standard Webhooks headers may be signed in Linq's older scheme, `X-Webhook-Signature`.
   * Default: false. Linq has deprecated it, and signs every request in both.
   */
  readonly legacySignatures?: boolean | undefined;
}

const Options = refined(
  strictObject({
    secret: custom<WebhookSecret>(
      (value) => secretsIn(value).length > 0,
      "must be the subscription's signing secret, or a list that contains at least one",
    ),
    onMessage: optional(anyFunction<() => unknown>()),
    onTyping: optional(anyFunction<() => unknown>()),
    channel: withDefault(string(/./, 'must not be empty'), 'imessage'),
    expiresMs: withDefault(milliseconds(), 60_000),
    legacySignatures: withDefault(boolean(), false),
    // Checked by `webhookHandler`.
    seenEvents: anything(),
    timeoutMs: anything(),
    acceptAfterMs: anything(),
    waitUntil: anything(),
    onFailure: anything(),
    now: anything(),
  }),
  ({ secret, onMessage, onTyping, legacySignatures }) => {
    if (!onMessage && !onTyping) return 'must have onMessage or onTyping';
    // The older scheme takes any text for a key, so that only it can use one that is not base64.
    if (legacySignatures || secretsIn(secret).every(isStandardWebhookSecret)) return undefined;
    return 'must have a base64 secret as Linq issues it: whsec_ and about 32 bytes';
  },
);

/**
 * Receives Linq's webhooks: tells of messages, and of when the person at the other end types. It is what Hono, Next.js,
 * Workers, Deno and Bun call a handler; `toNodeHandler` makes it one for Node's `http` and Express. What it answers stands
 * with `webhookHandler` of `@typingkit/core/webhook`.
 *
 * An event reaches `onTyping` once and in order, as far as this process can know. What is older than `expiresMs`, or
 * older than what its chat was last heard of, is dropped. A message reaches `onMessage` once, however late it comes.
 *
 * @throws TypingError `misconfigured`, where an option is missing or is not what it should be. The handler that is
 *   returned never rejects.
 * @see https://docs.linqapp.com/guides/webhooks
 */
export function linqWebhook(options: LinqWebhookOptions): (request: Request) => Promise<Response>;
/** The same for a channel of another name. */
export function linqWebhook<const Channel extends string>(
  options: LinqWebhookOptions<Channel>,
): (request: Request) => Promise<Response>;
export function linqWebhook<Channel extends string>(
  options: LinqWebhookOptions<Channel>,
): (request: Request) => Promise<Response> {
  const { channel, expiresMs, legacySignatures } = parseOptions('linq', Options, options);
  const { secret, onMessage, onTyping } = options;
  const { seenEvents, timeoutMs, acceptAfterMs, waitUntil, onFailure, now } = options;
  const read = linqEventReader({
    messages: onMessage !== undefined,
    typing: onTyping !== undefined,
    expiresMs,
  });

  return webhookHandler<LinqEvent>({
    provider: 'linq',
    signature: signaturesOf(secret, legacySignatures),
    read: (body) => read(body.json()),
    onEvent(event, ageMs) {
      if (event.kind === 'message') return onMessage?.(event.message, event.target);
      const { state, chatId, eventId, atMs } = event;
      return onTyping?.({
        // It is the `Channel` of the options, or its default.
        channel: channel as Channel,
        provider: 'linq',
        target: { chatId },
        state,
        at: new Date(atMs),
        eventId,
        expiresInMs: state === 'started' ? expiresMs - ageMs : 0,
      });
    },
    seenEvents,
    timeoutMs,
    acceptAfterMs,
    waitUntil,
    onFailure,
    now,
  });
}

function signaturesOf(secret: WebhookSecret, legacySignatures: boolean): SignatureScheme[] {
  const secrets = secretsIn(secret);
  const standard = secrets.filter(isStandardWebhookSecret);
  return [
    ...(standard.length > 0 ? [standardWebhookSignature({ secret: standard })] : []),
    ...(legacySignatures ? [legacySignature(secrets)] : []),
  ];
}

/**
 * Linq's own scheme from before Standard Webhooks: the secret as it is written is the key.
 *
 * @see https://docs.linqapp.com/guides/webhooks
 */
function legacySignature(secret: WebhookSecret): SignatureScheme {
  return hmacSignature({
    secret,
    header: 'x-webhook-signature',
    encoding: 'hex',
    timestampHeader: 'x-webhook-timestamp',
    signed: '{timestamp}.{body}',
  });
}
