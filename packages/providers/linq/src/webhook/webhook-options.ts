import { type InboundTyping, parseOptions } from '@typingkit/core';
import * as z from 'zod/mini';
import type { LinqTarget } from '../target.ts';
import { memorySeenEvents } from './memory-seen-events.ts';
import type { SeenEvents } from './seen-events.ts';
import { isStandardSecret } from './standard-signature.ts';

/** What {@link linqTypingWebhook} needs to know. */
export interface LinqTypingWebhookOptions<Channel extends string = 'imessage'> {
  /** The subscription's `signing_secret`. Several where one is being replaced by another: each of them is good. */
  readonly secret: string | readonly string[];
  /**
   * Takes what happened: `typing.receive` of `createTyping`, for one. A promise is waited for, so hand over what takes
   * long. What it throws goes to `onFailure` and makes Linq send the event again. It can be called for several events at
   * once.
   */
  readonly onTyping: (typing: InboundTyping<NoInfer<Channel>, LinqTarget>) => unknown;
  /** The name of the channel in the events. Default: `'imessage'`. */
  readonly channel?: Channel | undefined;
  /**
   * How long a `started` holds where no `stopped` comes, in milliseconds. Events that are older are dropped. Default:
   * 60,000. Linq does not say how long people's own indicators last; its guide gives 60 s for those that it shows.
   */
  readonly expiresMs?: number | undefined;
  /**
   * How long `onTyping` may take, in milliseconds. What takes longer counts as failed, so that one call that hangs does not
   * hold up its event for ever. Default: 15,000. Linq does not say how long it waits for an answer.
   */
  readonly timeoutMs?: number | undefined;
  /** Remembers which events were taken. Default: {@link memorySeenEvents}, for one process. */
  readonly seenEvents?: SeenEvents | undefined;
  /**
   * Whether a request without Standard Webhooks headers may be signed in Linq's older scheme, `X-Webhook-Signature`.
   * Default: false. Linq has deprecated it, and signs every request in both.
   */
  readonly legacySignatures?: boolean | undefined;
  /**
   * Hears what `onTyping` or `seenEvents` threw, and of a body that was read before the webhook got it. The answer is 500
   * then. Default: `console.error`.
   */
  readonly onFailure?: ((error: unknown) => unknown) | undefined;
  /** Milliseconds since 1970. Default: the clock of the machine. */
  readonly now?: (() => number) | undefined;
}

/** The same with its defaults filled in. */
export interface ResolvedWebhookOptions<Channel extends string> {
  readonly secrets: readonly string[];
  readonly onTyping: LinqTypingWebhookOptions<Channel>['onTyping'];
  readonly channel: Channel;
  readonly expiresMs: number;
  readonly timeoutMs: number;
  readonly seenEvents: SeenEvents;
  readonly legacySignatures: boolean;
  readonly onFailure: (error: unknown) => void;
  readonly now: () => number;
}

const milliseconds = z
  .number()
  .check(z.refine((ms) => ms > 0 && ms < 2 ** 31, 'must be more than 0 and less than 2^31'));
const aFunction = 'must be a function';
const Options = z
  .strictObject({
    secret: z.custom<string | readonly string[]>(
      (value) => secretsOf(value).length > 0,
      "must be the subscription's signing secret, or a list of them, none of them empty",
    ),
    onTyping: z.custom<LinqTypingWebhookOptions<string>['onTyping']>(isFunction, aFunction),
    channel: z._default(z.string().check(z.minLength(1, 'must not be empty')), 'imessage'),
    expiresMs: z._default(milliseconds, 60_000),
    timeoutMs: z._default(milliseconds, 15_000),
    seenEvents: z.optional(
      z.custom<SeenEvents>(isSeenEvents, 'must have the methods claim and release'),
    ),
    legacySignatures: z._default(z.boolean(), false),
    onFailure: z.optional(z.custom<(error: unknown) => unknown>(isFunction, aFunction)),
    now: z.optional(z.custom<() => number>(isFunction, aFunction)),
  })
  .check(
    z.refine(({ secret, legacySignatures }) => {
      // The older scheme takes any text for a key, so that only it can use one that is not base64.
      return legacySignatures || secretsOf(secret).every(isStandardSecret);
    }, 'must have a secret that is base64, as Linq gives it out: whsec_ and 32 bytes or so'),
  );

/** @throws TypingError `misconfigured`, quoting no value. */
export function webhookOptions<Channel extends string>(
  input: LinqTypingWebhookOptions<Channel>,
): ResolvedWebhookOptions<Channel> {
  const { secret, ...options } = parseOptions('linq', Options, input);
  const now = options.now ?? (() => Date.now());
  return {
    ...options,
    secrets: secretsOf(secret),
    // It is the `Channel` of the input, or its default.
    channel: options.channel as Channel,
    onTyping: input.onTyping,
    seenEvents: options.seenEvents ?? memorySeenEvents({ now }),
    onFailure: safeListener(options.onFailure ?? ((error) => console.error(error))),
    now,
  };
}

function secretsOf(secret: unknown): readonly string[] {
  const secrets: unknown[] = Array.isArray(secret) ? secret : [secret];
  const texts = secrets.filter(
    (one): one is string => typeof one === 'string' && one.trim() !== '',
  );
  return texts.length === secrets.length ? texts : [];
}

function safeListener(listen: (error: unknown) => unknown): (error: unknown) => void {
  const tell = async (error: unknown): Promise<void> => {
    try {
      await listen(error);
    } catch {
      // Who fails to hear of a failure has nobody to tell.
    }
  };
  return (error) => void tell(error);
}

function isFunction(value: unknown): boolean {
  return typeof value === 'function';
}

function isSeenEvents(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return ['claim', 'release'].every((method) => isFunction(Reflect.get(value, method)));
}
