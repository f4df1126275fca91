import { parseOptions, type TypingProvider } from '@typingkit/core';
import { vendorClient, vendorFields, type VendorOptions } from '@typingkit/core/http';
import {
  anything,
  literal,
  object,
  strictObject,
  string,
  withDefault,
} from '@typingkit/core/schema';
import {
  addressFields,
  connectSafelyAddress,
  type ConnectSafelyAddressOptions,
} from './connect-safely-address.ts';
import { diagnoseConversation } from './diagnose.ts';
import { readConnectSafelyError } from './error-body.ts';
import { AccountId, type ConnectSafelyTarget, idsIn } from './target.ts';
import { warningsOf } from './warnings.ts';

/** What {@link connectSafely} needs to know. */
export interface ConnectSafelyOptions
  extends VendorOptions<ConnectSafelyTarget>, ConnectSafelyAddressOptions {
  /** Default: `https://api.connectsafely.ai/linkedin`. */
  readonly baseUrl?: string | undefined;
  /** Default: `/messaging/typing-indicator`. The vendor has announced that it will move, but not yet where to. */
  readonly path?: string | undefined;
}

const Options = strictObject({
  ...vendorFields<ConnectSafelyTarget>('https://api.connectsafely.ai/linkedin'),
  ...addressFields,
  path: withDefault(
    string(/^\/[^?#\s]+$/, 'must start with a slash'),
    '/messaging/typing-indicator',
  ),
});
// Anything may stand in the echo: the indicator was accepted.
const Accepted = object({ success: literal(true), accountId: anything() });
const Refused = object({ success: literal(false) });

/**
 * LinkedIn through the ConnectSafely API.
 *
 * There is no stop: the indicator disappears by itself, or with the message. Nobody documents how long it stays; 5 to
 * 10 s have been observed.
 *
 * @throws TypingError `misconfigured`, where an option is missing or is not what it should be.
 * @see https://connectsafely.ai/docs
 */
export function connectSafely(options: ConnectSafelyOptions): TypingProvider<ConnectSafelyTarget> {
  const { keyName, accountId, conversationUrnOf, path, ...vendor } = parseOptions(
    'connectsafely',
    Options,
    options,
  );
  const ask = vendorClient<string, ConnectSafelyTarget>('connectsafely', vendor, {
    readError: readConnectSafelyError,
  });
  return {
    ...connectSafelyAddress({ keyName, accountId, conversationUrnOf }),
    async start(target, call) {
      const redact = idsIn(target.conversationUrn);
      const answer = await ask(
        { operation: 'start', method: 'post', path, json: target, expects: 200, target, redact },
        call,
      );
      const accepted = Accepted.read(answer.body);
      if (!accepted)
        throw answer.failure(Refused.accepts(answer.body) ? 'rejected' : 'bad-response');
      const used = AccountId.read(accepted.accountId);
      return {
        warnings: warningsOf(target, used),
        ...(used !== undefined && { vendor: { accountId: used } }),
      };
    },
    diagnose: (target, call) => diagnoseConversation(ask, target, call),
  };
}
