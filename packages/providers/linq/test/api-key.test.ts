import { describe, expect, test } from 'vitest';
import { linq } from '../src/index.ts';
import { failureOf } from './support/failure.ts';
import { answerOnce, chatId, onlyAnnouncedRequests } from './support/linq-vendor.ts';

onlyAnnouncedRequests();

const target = { chatId };

async function authorizationOf(provider: ReturnType<typeof linq>): Promise<string | undefined> {
  const seen = answerOnce({ status: 204 });
  await provider.start(target, {});
  return seen[0]?.headers['authorization'];
}

describe('a key function', () => {
  test('may answer at once', async () => {
    expect(await authorizationOf(linq({ apiKey: () => 'now' }))).toBe('Bearer now');
  });

  test('may answer later', async () => {
    const provider = linq({ apiKey: () => Promise.resolve('later') });
    expect(await authorizationOf(provider)).toBe('Bearer later');
  });

  test('is asked once per request, never before, so that keys can rotate', async () => {
    let asked = 0;
    const provider = linq({ apiKey: () => `key-${(asked += 1)}` });
    expect(asked).toBe(0);
    expect(await authorizationOf(provider)).toBe('Bearer key-1');
    expect(await authorizationOf(provider)).toBe('Bearer key-2');

    const seen = answerOnce({ status: 204 }, { method: 'DELETE' });
    await provider.stop?.(target, {});
    expect(seen[0]?.headers['authorization']).toBe('Bearer key-3');
    expect(asked).toBe(3);
  });

  const secret = 'vault-token-of-the-function';
  test.each<[string, () => unknown]>([
    [
      'throws',
      () => {
        throw new Error(secret);
      },
    ],
    [
      'throws a text',
      () => {
        throw secret;
      },
    ],
    ['rejects', () => Promise.reject(new Error(secret))],
    ['returns nothing', () => undefined],
    ['returns null', () => null],
    ['returns an empty text', () => ''],
    ['returns a number', () => 42],
    ['returns an object', () => ({ secret })],
    ['returns a key with a blank', () => `${secret} x`],
    [
      'returns a key with a line break, which could smuggle a header',
      () => `${secret}\r\nX-Evil: 1`,
    ],
    ['returns a key that no header can carry', () => `${secret}é`],
    ['promises nothing', () => Promise.resolve(undefined)],
  ])('that %s makes no request and keeps its secrets', async (_, run) => {
    // The types forbid most of these; JavaScript callers do not see them.
    const apiKey = run as () => string;
    const error = await failureOf(linq({ apiKey }).start(target, {}), [secret]);
    expect(error).toMatchObject({
      code: 'unauthenticated',
      retryable: false,
      operation: 'start',
      reason: 'the apiKey function failed, or returned no usable key',
    });
    expect(error.status).toBeUndefined();
  });

  test('recovers: a failure is not remembered', async () => {
    let works = false;
    const provider = linq({
      apiKey: () => (works ? 'good' : Promise.reject(new Error(secret))),
    });
    await failureOf(provider.start(target, {}), [secret]);
    works = true;
    expect(await authorizationOf(provider)).toBe('Bearer good');
  });
});
