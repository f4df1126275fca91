import { type CallOptions, parseOptions } from '@typingkit/core';
import { vendorClient, type VendorOptions } from '@typingkit/core/http';
import {
  array,
  boolean,
  nullish,
  object,
  optional,
  type OutputOf,
  refined,
  strictObject,
  string,
  withDefault,
} from '@typingkit/core/schema';
import { readLinqError } from '../error-body.ts';
import { linqVendorFields } from '../linq-vendor-fields.ts';
import { typingEventTypes } from './linq-event.ts';

/** What is asked of Linq. */
export interface LinqWebhookSubscriptionWishes {
  /** Where Linq sends the events: https, and not in use by another subscription of the account. */
  readonly url: string;
  /** Only events of these lines, in E.164: `+12025550100`. Default: all lines of the account. */
  readonly phoneNumbers?: readonly string[] | undefined;
  /** Whether Linq is to send `message.received`, too: what `onMessage` of `linqWebhook` takes. Default: false. */
  readonly messages?: boolean | undefined;
}

/** A webhook as Linq has it on record. Plain data. */
export interface LinqWebhookSubscription {
  readonly id: string;
  /** With the version of the payload in its query. */
  readonly url: string;
  /** Linq's names of the events. */
  readonly events: readonly string[];
  readonly isActive: boolean;
  /** Empty: all lines of the account. */
  readonly phoneNumbers: readonly string[];
}

/** A webhook that was made just now. */
export interface CreatedLinqWebhookSubscription extends LinqWebhookSubscription {
  /**
   * The secret for `linqTypingWebhook`. **Linq never shows it again.** It is a plain field, so whoever prints this object
   * prints the secret.
   */
  readonly signingSecret: string;
}

/** The webhooks of one Linq account. */
export interface LinqWebhookSubscriptions {
  /**
   * Asks Linq to send the two events about typing, and messages where that is wished, in the version 2026-02-03 where the URL names none.
   *
   * @throws TypingError `misconfigured`, where a wish is not what it should be; or with what Linq answered.
   */
  create(
    wishes: LinqWebhookSubscriptionWishes,
    call?: CallOptions,
  ): Promise<CreatedLinqWebhookSubscription>;
  /**
   * All webhooks of the account, also those that are not about typing.
   *
   * @throws TypingError with what Linq answered.
   */
  list(call?: CallOptions): Promise<readonly LinqWebhookSubscription[]>;
  /**
   * Ends one for good, with its secret.
   *
   * @throws TypingError `misconfigured`, where the id is none; or with what Linq answered.
   */
  remove(id: string, call?: CallOptions): Promise<void>;
}

const Options = strictObject(linqVendorFields);
const Wishes = strictObject({
  messages: optional(boolean()),
  url: refined(string(), (url) =>
    isPlainHttpsUrl(url) ? undefined : 'must be an https URL without user, spaces or hash',
  ),
  phoneNumbers: optional(
    refined(
      array(string(/^\+[1-9]\d{5,14}$/, 'must be in E.164 format, such as +12025550100')),
      (numbers) =>
        numbers.length > 0 ? undefined : 'must not be empty: leave it out for all lines',
    ),
  ),
});
// It becomes a part of the path.
const Removal = object({ id: string(/^[\w-]{1,128}$/, 'must be the id of a subscription') });

const subscriptionFields = {
  id: string(),
  target_url: string(),
  subscribed_events: array(string()),
  is_active: withDefault(boolean(), true),
  phone_numbers: nullish(array(string())),
};
const Subscription = object(subscriptionFields);
const Created = object({ ...subscriptionFields, signing_secret: string() });
const List = object({ subscriptions: array(Subscription) });

/**
 * Makes, lists and removes the webhooks of a Linq account.
 *
 * @throws TypingError `misconfigured`, where an option is missing or is not what it should be.
 * @see https://docs.linqapp.com/guides/webhooks/subscriptions/
 */
export function linqWebhookSubscriptions(
  options: VendorOptions<undefined>,
): LinqWebhookSubscriptions {
  const vendor = parseOptions('linq', Options, options);
  const http = vendorClient<string, undefined>('linq', vendor, { readError: readLinqError });
  const path = '/v3/webhook-subscriptions';
  const operation = 'subscribe';
  const target = undefined;

  return {
    async create(wishes, call = {}) {
      const { url, phoneNumbers, messages } = parseOptions('linq', Wishes, wishes);
      const json = {
        target_url: withVersion(url),
        subscribed_events: messages ? [...typingEventTypes, 'message.received'] : typingEventTypes,
        ...(phoneNumbers && { phone_numbers: phoneNumbers }),
      };
      const redact = [json.target_url, url, ...(phoneNumbers ?? [])];
      // Linq does not say which 2xx it answers, and after the wrong guess the secret would be lost.
      const expects = [201, 200, 202];
      const request = { operation, method: 'post', path, json, expects, target, redact } as const;
      const answer = await http(request, call);
      const created = Created.read(answer.body);
      if (!created) throw answer.failure('bad-response');
      return { ...plain(created), signingSecret: created.signing_secret };
    },
    async list(call = {}) {
      const request = { operation, method: 'get', path, expects: 200, target } as const;
      const answer = await http(request, call);
      const list = List.read(answer.body);
      if (!list) throw answer.failure('bad-response');
      return list.subscriptions.map(plain);
    },
    async remove(id, call = {}) {
      parseOptions('linq', Removal, { id });
      await http(
        { operation, method: 'delete', path: `${path}/${id}`, expects: 204, target },
        call,
      );
    },
  };
}

function plain(one: OutputOf<typeof Subscription>): LinqWebhookSubscription {
  return {
    id: one.id,
    url: one.target_url,
    events: one.subscribed_events,
    isActive: one.is_active,
    phoneNumbers: one.phone_numbers ?? [],
  };
}

// Without it, the version depends on when the subscription was made.
function withVersion(text: string): string {
  const url = new URL(text);
  if (!url.searchParams.has('version')) url.searchParams.set('version', '2026-02-03');
  return url.href;
}

function isPlainHttpsUrl(text: string): boolean {
  // Looked for in the text, because the parser drops blanks and a mark with nothing behind it.
  if (/[\s#]/.test(text) || !URL.canParse(text)) return false;
  const url = new URL(text);
  return url.protocol === 'https:' && !url.username && !url.password;
}
