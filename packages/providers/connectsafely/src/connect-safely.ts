import { parseOptions, parseTarget, type TypingProvider } from '@typingkit/core';
import { vendorHttp, type VendorOptions, vendorOptionsShape } from '@typingkit/core/http';
import * as z from 'zod/mini';
import { capabilities } from './capabilities.ts';
import { connectSafelyComplaint } from './complaint.ts';
import { idsIn } from './conversation-urn.ts';
import { diagnoseConversation } from './diagnose.ts';
import { AccountId, type ConnectSafelyTarget, Target } from './target.ts';
import { warningsOf } from './warnings.ts';

/** What {@link connectSafely} needs to know. */
export interface ConnectSafelyOptions extends VendorOptions {
  /** Default: `https://api.connectsafely.ai/linkedin`. */
  readonly baseUrl?: string | undefined;
  /** Which LinkedIn account types where a target names none. Default: the vendor's default account. */
  readonly accountId?: string | undefined;
  /** Default: `/messaging/typing-indicator`. The vendor has announced that it will move, but not yet where to. */
  readonly path?: string | undefined;
}

// Lazy, as all schemas here are: to build them would be more than half of what runs at import.
const Options = z.lazy(() =>
  z.strictObject({
    ...vendorOptionsShape('https://api.connectsafely.ai/linkedin'),
    accountId: z.optional(AccountId),
    path: z._default(
      z.string().check(z.regex(/^\/[^?#\s]+$/, 'must begin with a slash')),
      '/messaging/typing-indicator',
    ),
  }),
);
const Accepted = z.lazy(() =>
  z.object({
    success: z.literal(true),
    // Anything: the indicator was accepted, whatever stands in the echo.
    accountId: z.optional(z.unknown()),
  }),
);
const Refused = z.lazy(() => z.object({ success: z.literal(false) }));

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
  const {
    accountId: defaultAccountId,
    path,
    ...vendor
  } = parseOptions('connectsafely', Options, options);
  const http = vendorHttp('connectsafely', vendor, connectSafelyComplaint);

  return {
    specification: 1,
    name: 'connectsafely',
    capabilities,
    parseTarget(input) {
      const { conversationUrn, accountId = defaultAccountId } = parseTarget(
        'connectsafely',
        Target,
        input,
      );
      return { conversationUrn, accountId };
    },
    conversationKey: ({ conversationUrn, accountId }) => `${accountId ?? ''} ${conversationUrn}`,
    async start({ conversationUrn, accountId }, call) {
      const answer = await http(
        {
          operation: 'start',
          method: 'post',
          path,
          json: { conversationUrn, accountId },
          expects: 200,
          hidden: [conversationUrn, ...idsIn(conversationUrn), accountId ?? ''],
        },
        call,
      );
      const accepted = Accepted.safeParse(answer.body).data;
      if (!accepted)
        throw answer.failure(Refused.safeParse(answer.body).success ? 'rejected' : 'bad-response');
      const used = AccountId.safeParse(accepted.accountId).data;
      return {
        warnings: warningsOf({ conversationUrn, accountId }, used),
        ...(used !== undefined && { vendor: { accountId: used } }),
      };
    },
    diagnose: (target, call) => diagnoseConversation(http, target, call),
  };
}
