import {
  parseOptions,
  parseTarget,
  type ProviderAddress,
  type TypingCapabilities,
  TypingError,
  type TypingProvider,
} from '@typingkit/core';
import {
  keyNameField,
  type KeyNameOptions,
  vendorClient,
  type VendorOptions,
  type VendorRequest,
} from '@typingkit/core/http';
import { boolean, literal, number, strictObject, union, withDefault } from '@typingkit/core/schema';
import { diagnoseLinqChat } from './diagnose.ts';
import { readLinqError, traceIdOf } from './error-body.ts';
import { linqInboundIn, linqTargetsIn } from './inbound.ts';
import { linqVendorFields } from './linq-vendor-fields.ts';
import { type LinqTarget, LinqTargetShape } from './target.ts';

/** What {@link linqAddress} needs to know. */
export interface LinqAddressOptions extends KeyNameOptions {
  /**
   * How long one start lasts, in milliseconds. Default: 60,000, as Linq's guide says. Its reference has said 85,000
   * to 90,000 since July 2026.
   */
  readonly ttlMs?: number | undefined;
  /** Whether Linq types in group chats. Default: `'unknown'`: it answered 403 until August 2026. */
  readonly groups?: boolean | 'unknown' | undefined;
}

/** What {@link linq} needs to know. */
export interface LinqOptions extends VendorOptions<LinqTarget>, LinqAddressOptions {
  /** Linq's key. A token that can type can also read and send everything: Linq has no lesser ones. */
  readonly apiKey: VendorOptions<LinqTarget>['apiKey'];
  /** Default: `https://api.linqapp.com/api/partner`. The version, `/v3`, is not part of it. */
  readonly baseUrl?: string | undefined;
}

const addressFields = {
  keyName: keyNameField,
  ttlMs: withDefault(number({ min: 5_000 }), 60_000),
  groups: withDefault(union(boolean(), literal('unknown')), 'unknown'),
};
const AddressOptions = strictObject(addressFields);
const Options = strictObject({ ...linqVendorFields, ...addressFields });

/**
 * The part of {@link linq} that needs no key.
 *
 * @throws TypingError `misconfigured`, where an option is not what it should be.
 */
export function linqAddress(options: LinqAddressOptions = {}): ProviderAddress<LinqTarget> {
  const { keyName, ttlMs, groups } = parseOptions('linq', AddressOptions, options);
  const capabilities: TypingCapabilities = {
    ttl: { kind: 'fixed', ms: ttlMs, source: 'documented' },
    repeat: 'extends',
    stop: 'explicit',
    clearsOnMessage: true,
    groups,
    minIntervalMs: 3_000,
    sideEffects: [],
    inbound: true,
    requires: [
      'an iMessage chat, not SMS or RCS',
      'a message in the chat within the last 5 minutes',
    ],
  };
  return {
    specification: 1,
    name: 'linq',
    capabilities,
    capabilitiesOf: ({ service }) => (service ? { ...capabilities, shows: false } : capabilities),
    parseTarget: (input) => parseTarget('linq', LinqTargetShape, input),
    conversationKey: ({ chatId }) => chatId,
    ...(keyName !== undefined && { credentialKey: () => keyName }),
    targetsIn: linqTargetsIn,
    inboundIn: linqInboundIn,
  };
}

/**
 * iMessage through the Linq Partner API, version 3.
 *
 * An accepted start is not a visible one: Linq answers 204, too, for a chat without a message in the last 5 minutes
 * and for SMS and RCS chats, and shows nothing in them.
 *
 * @throws TypingError `misconfigured`, where an option is missing or is not what it should be.
 * @see https://docs.linqapp.com/guides/chats/typing-indicators/
 */
export function linq(options: LinqOptions): TypingProvider<LinqTarget> {
  const { keyName, ttlMs, groups, ...vendor } = parseOptions('linq', Options, options);
  const ask = vendorClient<string, LinqTarget>('linq', vendor, { readError: readLinqError });

  return {
    ...linqAddress({ keyName, ttlMs, groups }),
    async start(target, call) {
      // Linq would answer 204, and show nothing.
      if (target.service)
        throw new TypingError({
          code: 'unsupported',
          provider: 'linq',
          operation: 'start',
          reason: 'nothing shows over SMS and RCS',
        });
      const answer = await ask({ operation: 'start', method: 'post', ...typing(target) }, call);
      return { traceId: traceIdOf(answer) };
    },
    async stop(target, call) {
      await ask({ operation: 'stop', method: 'delete', ...typing(target) }, call);
    },
    diagnose: (target, call) => diagnoseLinqChat(ask, groups, target, call),
  };
}

function typing(
  target: LinqTarget,
): Pick<VendorRequest<LinqTarget>, 'path' | 'expects' | 'target'> {
  return { path: `/v3/chats/${target.chatId}/typing`, expects: 204, target };
}
