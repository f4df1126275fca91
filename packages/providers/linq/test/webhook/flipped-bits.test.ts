import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  post,
  receiver,
  signedByHand,
  signedTheOldWay,
  typingEvent,
} from '../support/webhook-events.ts';

const body = typingEvent();
const standard = signedByHand(body);
const old = signedTheOldWay(body);

/** A text with one of its bits turned over. */
function flipped(text: string, at: number): Uint8Array<ArrayBuffer> {
  const bytes = new TextEncoder().encode(text);
  const index = Math.floor(at / 8) % bytes.length;
  bytes[index] = (bytes[index] ?? 0) ^ (1 << (at % 8));
  return bytes;
}

async function statusOf(request: Request): Promise<number> {
  const { receive, seen } = receiver({ legacySignatures: true });
  const { status } = await receive(request);
  expect(seen).toEqual([]);
  return status;
}

const anyBit = fc.nat({ max: 8 * 1_024 });

test('without a flipped bit both are accepted', async () => {
  for (const headers of [standard, old]) {
    const { receive, seen } = receiver({ legacySignatures: true });
    await receive(post(body, headers));
    expect(seen).toHaveLength(1);
  }
});

test.for([
  ['the standard', standard],
  ['the older scheme', old],
] as const)('one flipped bit in the body is refused in %s', async ([, headers]) => {
  expect.hasAssertions();
  const isRefused = async (bit: number): Promise<void> => {
    expect(await statusOf(post(flipped(body, bit), headers))).toBe(401);
  };
  await fc.assert(fc.asyncProperty(anyBit, isRefused), { numRuns: 200 });
});

test.for<[string, Record<string, string>, string]>([
  ['the id', standard, 'webhook-id'],
  ['the timestamp', standard, 'webhook-timestamp'],
  ['the signature', standard, 'webhook-signature'],
  ['the older timestamp', old, 'X-Webhook-Timestamp'],
  ['the older signature', old, 'X-Webhook-Signature'],
])('one flipped bit in %s is refused, whichever it is', async ([, headers, name]) => {
  const value = headers[name] ?? '';
  const values = Array.from({ length: 8 * value.length }, (_, bit) =>
    Buffer.from(flipped(value, bit)).toString('latin1'),
  ).filter(canBeSent);
  expect(values.length).toBeGreaterThan(4 * value.length);
  for (const wrong of values)
    expect(await statusOf(post(body, { ...headers, [name]: wrong }))).toBe(401);
});

function canBeSent(value: string): boolean {
  try {
    return new Headers({ name: value }).get('name') === value;
  } catch {
    return false;
  }
}
