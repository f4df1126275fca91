import { describe, expect, test } from 'vitest';
import { linq } from '../src/index.ts';
import { answerOnce, apiKey, chatId, onlyAnnouncedRequests } from './support/linq-vendor.ts';

onlyAnnouncedRequests();

const target = { chatId };

describe('the receipt of a start', () => {
  test('claims nothing that Linq did not say: no lifetime, no delivery', async () => {
    answerOnce({ status: 204 });
    await expect(linq({ apiKey }).start(target, {})).resolves.toEqual({});
  });

  test('does not hold a trace id that quotes the chat', async () => {
    answerOnce({ status: 204, headers: { 'X-Trace-ID': chatId } });
    await expect(linq({ apiKey }).start(target, {})).resolves.toEqual({});
  });
});
