import { describe, expect, test } from 'vitest';
import { connectSafely } from '../src/index.ts';
import {
  accepted,
  answerOnce,
  conversationUrn,
  onlyAnnouncedRequests,
} from './support/connectsafely-vendor.ts';
import { failureOf } from './support/failure.ts';

onlyAnnouncedRequests();

const target = { conversationUrn };

async function authorizationOf(
  provider: ReturnType<typeof connectSafely>,
): Promise<string | undefined> {
  const seen = answerOnce({ status: 200, body: accepted });
  await provider.start(target, {});
  return seen[0]?.headers['authorization'];
}

describe('a key function', () => {
  test('may answer at once or later', async () => {
    expect(await authorizationOf(connectSafely({ apiKey: () => 'now' }))).toBe('Bearer now');
    const later = connectSafely({ apiKey: () => Promise.resolve('later') });
    expect(await authorizationOf(later)).toBe('Bearer later');
  });

  test('is asked once per request, so that keys can rotate', async () => {
    let asked = 0;
    const provider = connectSafely({ apiKey: () => `key-${(asked += 1)}` });
    expect(await authorizationOf(provider)).toBe('Bearer key-1');
    expect(await authorizationOf(provider)).toBe('Bearer key-2');
    expect(asked).toBe(2);
  });

  const secret = 'vault-token-of-the-function';
  test.each<[string, () => unknown]>([
    [
      'throws',
      () => {
        throw new Error(secret);
      },
    ],
    ['rejects', () => Promise.reject(new Error(secret))],
    ['returns nothing', () => undefined],
    ['returns an empty text', () => ''],
    ['returns an object', () => ({ secret })],
    [
      'returns a key with a line break, which could smuggle a header',
      () => `${secret}\r\nX-Evil: 1`,
    ],
    ['promises null', () => Promise.resolve(null)],
  ])('that %s makes no request and keeps its secrets', async (_, run) => {
    // The types forbid most of these; JavaScript callers do not see them.
    const apiKey = run as () => string;
    const error = await failureOf(connectSafely({ apiKey }).start(target, {}), [secret]);
    expect(error).toMatchObject({
      code: 'unauthenticated',
      retryable: false,
      provider: 'connectsafely',
      reason: 'the apiKey function failed, or returned no usable key',
    });
  });
});
