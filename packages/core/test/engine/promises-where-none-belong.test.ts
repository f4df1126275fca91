import { createTyping, TypingError } from '@typingkit/core';
import { type FakeProvider, fakeProvider, virtualClock } from '@typingkit/testing';
import { expect, test } from 'vitest';

const alice = { chat: 'alice' };

// An unhandled rejection ends the process, and fails this file.
const rejecting = (): Promise<never> => Promise.reject(new Error('the-secret'));

/** A provider in JavaScript, one of whose synchronous functions is `async`. */
function providerWith(name: string): FakeProvider<{ readonly chat: string }> {
  return Object.assign(fakeProvider<{ readonly chat: string }>(), { [name]: rejecting });
}

test.for([
  'parseTarget',
  'conversationKey',
  'credentialKey',
  'budgetKey',
  'capabilitiesOf',
  'targetsIn',
  'inboundIn',
])('a provider whose %s is asynchronous is at fault, and ends no process', async (name) => {
  const provider = providerWith(name);
  const typing = createTyping({ channels: { chat: provider }, onEvent: () => {} });
  const call = async (): Promise<unknown> => {
    if (name === 'targetsIn') return typing.targetsIn('chat', {});
    if (name === 'inboundIn') return typing.inboundIn('chat', {});
    return typing.send('chat', alice);
  };
  const error: unknown = await call().catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(TypingError);
  expect(error).toMatchObject({ code: 'bad-response' });
  expect(JSON.stringify(error)).not.toContain('the-secret');
  expect(provider.starts).toEqual([]);
});

test('a provider whose onLost is asynchronous tells nothing, and ends no process', async () => {
  const typing = createTyping({ channels: { chat: providerWith('onLost') } });
  await expect(typing.send('chat', alice)).resolves.toMatchObject({ status: 'accepted' });
  await typing.close();
});

test.for([Number.NaN, Infinity, -1, 1, 1e9, '0.5', undefined])(
  'chance that is %o makes no storm and no standstill',
  async (value) => {
    const clock = virtualClock();
    const provider = fakeProvider<{ readonly chat: string }>();
    const random = (): number => {
      if (value === undefined) throw new Error('no chance');
      // Somebody without a compiler.
      return value as number;
    };
    const typing = createTyping({ channels: { chat: provider }, clock, random });
    typing.keep('chat', alice);
    await clock.advance(60_000);
    expect(provider.starts.length).toBeGreaterThan(4);
    expect(provider.starts.length).toBeLessThan(40);
    await typing.close();
  },
);
