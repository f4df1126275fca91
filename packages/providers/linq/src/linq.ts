import { parseOptions, parseTarget, type TypingProvider } from '@typingkit/core';
import { vendorHttp, type VendorOptions, type VendorRequest } from '@typingkit/core/http';
import * as z from 'zod/mini';
import { linqComplaint, traceIdOf } from './complaint.ts';
import { diagnoseLinqChat } from './diagnose.ts';
import { linqVendorShape } from './linq-vendor-shape.ts';
import { type LinqTarget, LinqTargetShape } from './target.ts';

/** What {@link linq} needs to know. */
export interface LinqOptions extends VendorOptions {
  /** Linq's key. A token that can type can also read and send everything: Linq has no lesser ones. */
  readonly apiKey: VendorOptions['apiKey'];
  /** Default: `https://api.linqapp.com/api/partner`. The version, `/v3`, is not part of it. */
  readonly baseUrl?: string | undefined;
  /**
   * How long one start lasts, in milliseconds. Default: 60,000, as Linq's guide says. Its reference has said 85,000
   * to 90,000 since July 2026.
   */
  readonly ttlMs?: number | undefined;
  /** Whether Linq types in group chats. Default: `'unknown'`: it answered 403 until August 2026. */
  readonly groups?: boolean | 'unknown' | undefined;
}

// Lazy, as all schemas here are: to build them would be more than half of what runs at import.
const Options = z.lazy(() =>
  z.strictObject({
    ...linqVendorShape,
    ttlMs: z._default(
      z.number().check(z.refine((ms) => ms >= 5_000, 'must be at least 5000')),
      60_000,
    ),
    groups: z._default(z.union([z.boolean(), z.literal('unknown')]), 'unknown'),
  }),
);

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
  const { ttlMs, groups, ...vendor } = parseOptions('linq', Options, options);
  const http = vendorHttp('linq', vendor, linqComplaint);

  return {
    specification: 1,
    name: 'linq',
    capabilities: {
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
    },
    parseTarget: (input) => parseTarget('linq', LinqTargetShape, input),
    conversationKey: ({ chatId }) => chatId,
    async start(target, call) {
      const answer = await http({ operation: 'start', method: 'post', ...typing(target) }, call);
      return { traceId: traceIdOf(answer) };
    },
    async stop(target, call) {
      await http({ operation: 'stop', method: 'delete', ...typing(target) }, call);
    },
    diagnose: (target, call) => diagnoseLinqChat(http, groups, target, call),
  };
}

function typing({ chatId }: LinqTarget): Pick<VendorRequest, 'path' | 'expects' | 'hidden'> {
  return { path: `/v3/chats/${chatId}/typing`, expects: 204, hidden: [chatId] };
}
