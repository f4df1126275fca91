import type { TypingProvider } from '@typingkit/core';
import { vendorClient } from '@typingkit/core/http';

/** A place to type, for tests. */
export interface PagerTarget {
  readonly pager: string;
}

/** What went over the wire: `POST /7 as sk_1`. */
export type Wire = string[];

/** A vendor for tests. Its capabilities are those of an iMessage vendor, more or less. */
export function pager(apiKey: string, wire: Wire = []): TypingProvider<PagerTarget> {
  const fetch = async (request: Request): Promise<Response> => {
    const key = request.headers.get('authorization')?.replace('Bearer ', '');
    wire.push(`${request.method} ${new URL(request.url).pathname} as ${key}`);
    return new Response('{}');
  };
  const baseUrl = 'https://pager.example';
  const http = vendorClient('pager', { apiKey, baseUrl, fetch, timeoutMs: 1_000 });
  const request = (target: PagerTarget) => ({ path: `/${target.pager}`, expects: 200, target });

  return {
    specification: 1,
    name: 'pager',
    capabilities: {
      ttl: { kind: 'fixed', ms: 60_000, source: 'documented' },
      repeat: 'extends',
      stop: 'explicit',
      clearsOnMessage: true,
      groups: 'unknown',
      minIntervalMs: 3_000,
      sideEffects: [],
      inbound: false,
      requires: [],
    },
    // The tests pass nothing else.
    parseTarget: (input) => input as PagerTarget,
    conversationKey: ({ pager: number }) => number,
    async start(target, call) {
      await http({ operation: 'start', method: 'post', ...request(target) }, call);
      return {};
    },
    async stop(target, call) {
      await http({ operation: 'stop', method: 'delete', ...request(target) }, call);
    },
    async close() {
      wire.push(`closed ${apiKey}`);
    },
  };
}
