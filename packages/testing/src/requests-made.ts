import assert from 'node:assert/strict';
import type { ConformanceContext } from './conformance-case.ts';
import type { WireRequest } from './loopback-vendor.ts';
import type { Operation } from './operation.ts';
import { settled } from './outcome.ts';

/** The request of one operation that the vendor accepts. */
export async function requestOf(
  context: ConformanceContext,
  operation: Operation,
): Promise<WireRequest> {
  const { vendor } = context;
  const before = vendor.requests.length;
  vendor.behave(operation.usual);
  await settled(operation.call());
  assert(vendor.requests.length > before, `no request was made by the ${operation.name}`);
  return lastRequest(context);
}

/** The newest request that arrived. */
export function lastRequest({ vendor }: ConformanceContext): WireRequest {
  const request = vendor.requests.at(-1);
  assert(request, 'no request was made');
  return request;
}

/** How many requests arrive while something runs. */
export async function requestsMadeBy(
  { vendor }: ConformanceContext,
  run: () => Promise<unknown>,
): Promise<number> {
  await vendor.caughtUp();
  const before = vendor.requests.length;
  await run();
  await vendor.caughtUp();
  return vendor.requests.length - before;
}
