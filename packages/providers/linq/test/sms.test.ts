import { expect, test } from 'vitest';
import { linq, linqAddress } from '../src/index.ts';

const chatId = '550e8400-e29b-41d4-a716-446655440000';
const received = (service: unknown): object => ({
  event_type: 'message.received',
  data: { chat: { id: chatId }, direction: 'inbound', service },
});

test.for([
  ['SMS', { chatId, service: 'SMS' }],
  ['RCS', { chatId, service: 'RCS' }],
  ['iMessage', { chatId }],
  [null, { chatId }],
  ['something new', { chatId }],
])('a message over %s', ([service, target]) => {
  expect(linqAddress().targetsIn?.(received(service))).toEqual([target]);
});

test.for(['SMS', 'RCS'] as const)('over %s nothing shows, and nothing is sent', async (service) => {
  const target = { chatId, service };
  const provider = linq({ apiKey: 'key', fetch: () => Promise.reject(new Error('asked')) });
  expect(provider.capabilitiesOf?.(target)?.shows).toBe(false);
  await expect(provider.start(target, {})).rejects.toMatchObject({ code: 'unsupported' });
  // One bubble, whatever the last message came over.
  expect(provider.conversationKey(target)).toBe(provider.conversationKey({ chatId }));
});
