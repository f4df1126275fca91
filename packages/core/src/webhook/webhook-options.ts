import { parseOptions } from '../input/parse-input.ts';
import {
  anyFunction,
  custom,
  integer,
  milliseconds,
  optional,
  strictObject,
  string,
  withDefault,
} from '../schema/schema.ts';
import { memorySeenEvents, type SeenEvents } from './seen-events.ts';
import type { SignatureScheme } from './signature.ts';
import type { VerifiedBody } from './verified-body.ts';
import type { WebhookEvent } from './webhook-event.ts';

/** What is the same for the webhook of every vendor. */
export interface WebhookSettings {
  /** Remembers which events were taken. Default: {@link memorySeenEvents}, for one process. */
  readonly seenEvents?: SeenEvents | undefined;
  /**
   * How long it may take to read the body, to claim the events and to handle them, in milliseconds. What takes longer
   * counts as failed: the answer is 408 for a slow body, else 500. Default: 15,000.
   */
  readonly timeoutMs?: number | undefined;
  /**
   * How long to wait for `onEvent` before an event with `ifSlow: 'accept'` is answered with 200, in milliseconds. Default:
   * 2,000: Slack wants an answer within 3 s.
   */
  readonly acceptAfterMs?: number | undefined;
  /**
   * Keeps the process alive for work that goes on after the answer, where the platform would freeze it: `waitUntil` of
   * Vercel or of `cloudflare:workers`. Default: nothing.
   */
  readonly waitUntil?: ((work: Promise<unknown>) => unknown) | undefined;
  /**
   * Hears why the answer was 500: what `onEvent`, `seenEvents` or another function of yours threw, and of a body that was
   * read before the webhook got it. Default: `console.error`.
   */
  readonly onFailure?: ((error: unknown) => unknown) | undefined;
  /** Milliseconds since 1970. Default: the clock of the machine. */
  readonly now?: (() => number) | undefined;
}

/** What {@link webhookHandler} needs to know. */
export interface WebhookOptions<Event> extends WebhookSettings {
  /** Whose webhook it is, in lower case, for what errors say: `slack`. */
  readonly provider: string;
  /** How requests are signed. Of several, the first that applies to a request decides alone. */
  readonly signature: SignatureScheme | readonly SignatureScheme[];
  /**
   * Reads a verified body: the events in it; none where it is about something else; `undefined` where it is not what the
   * vendor promises (400); or an answer of your own, for a handshake.
   */
  readonly read: (body: VerifiedBody) => readonly WebhookEvent<Event>[] | Response | undefined;
  /**
   * Handles one event. What it throws goes to `onFailure`, and makes the vendor send the event again.
   *
   * @param ageMs how long ago it happened, by your clock; 0 where the vendor does not say when.
   */
  readonly onEvent: (event: Event, ageMs: number) => unknown;
  /** Answers a GET, for platforms that ask whether the address is yours. Default: 405. */
  readonly onGet?: ((url: URL) => Response | undefined | Promise<Response | undefined>) | undefined;
  /** How large a body may be, in bytes. Default: 65,536. */
  readonly maxBytes?: number | undefined;
  /** How far the vendor's clock may be from yours, in milliseconds, either way. Default: 300,000. */
  readonly toleranceMs?: number | undefined;
  /**
   * How long an event without `maxAgeMs` is remembered, in milliseconds: for as long as the vendor may send it again.
   * Default: 86,400,000, a day.
   */
  readonly rememberMs?: number | undefined;
}

/** The same with its defaults filled in. */
export interface ResolvedWebhookOptions<Event> {
  readonly provider: string;
  readonly schemes: readonly SignatureScheme[];
  readonly read: WebhookOptions<Event>['read'];
  readonly onEvent: WebhookOptions<Event>['onEvent'];
  readonly onGet: WebhookOptions<Event>['onGet'];
  readonly maxBytes: number;
  readonly toleranceMs: number;
  readonly rememberMs: number;
  readonly timeoutMs: number;
  readonly acceptAfterMs: number;
  readonly seenEvents: SeenEvents;
  readonly waitUntil: (work: Promise<unknown>) => void;
  readonly onFailure: (error: unknown) => void;
  readonly now: () => number;
}

const Options = strictObject({
  provider: string(/./, 'must not be empty'),
  signature: custom<SignatureScheme | readonly SignatureScheme[]>(
    (value) => schemesIn(value).length > 0,
    'must be a signature scheme, or a list of them',
  ),
  read: anyFunction<() => unknown>(),
  onEvent: anyFunction<() => unknown>(),
  onGet: optional(anyFunction<() => unknown>()),
  maxBytes: withDefault(integer({ min: 1 }, 'must be a whole number above 0'), 64 * 1024),
  toleranceMs: withDefault(milliseconds(), 300_000),
  rememberMs: withDefault(milliseconds(), 86_400_000),
  timeoutMs: withDefault(milliseconds(), 15_000),
  acceptAfterMs: withDefault(milliseconds(), 2_000),
  seenEvents: optional(
    custom<SeenEvents>(
      (value) => hasMethods(value, ['claim', 'release']),
      'must have the methods claim and release',
    ),
  ),
  waitUntil: optional(anyFunction<() => unknown>()),
  onFailure: optional(anyFunction<() => unknown>()),
  now: optional(anyFunction<() => unknown>()),
});

/** @throws TypingError `misconfigured`, quoting no value. */
export function webhookOptions<Event>(input: WebhookOptions<Event>): ResolvedWebhookOptions<Event> {
  const { provider, maxBytes, toleranceMs, rememberMs, timeoutMs, acceptAfterMs } = parseOptions(
    typeof input?.provider === 'string' ? input.provider : 'webhook',
    Options,
    input,
  );
  const { read, onEvent, onGet, waitUntil, onFailure, now = () => Date.now() } = input;
  return {
    provider,
    schemes: schemesIn(input.signature),
    read,
    onEvent,
    onGet,
    maxBytes,
    toleranceMs,
    rememberMs,
    timeoutMs,
    acceptAfterMs,
    seenEvents: input.seenEvents ?? memorySeenEvents({ now }),
    waitUntil: safely(waitUntil ?? (() => {})),
    onFailure: safely(onFailure ?? ((error) => console.error(error))),
    now,
  };
}

function schemesIn(signature: unknown): readonly SignatureScheme[] {
  const all: unknown[] = Array.isArray(signature) ? signature : [signature];
  const schemes = all.filter((one): one is SignatureScheme =>
    hasMethods(one, ['appliesTo', 'read']),
  );
  return schemes.length === all.length ? schemes : [];
}

function hasMethods(value: unknown, methods: readonly string[]): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return methods.every((method) => typeof Reflect.get(value, method) === 'function');
}

/** Calls a function that nobody waits for, and whose failure has nobody to hear of it. */
function safely<Value>(listen: (value: Value) => unknown): (value: Value) => void {
  const tell = async (value: Value): Promise<void> => {
    try {
      await listen(value);
    } catch {
      // Who fails to hear of a failure has nobody to tell.
    }
  };
  return (value) => void tell(value);
}
