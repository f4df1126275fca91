import { createTyping, type Typing } from '@typingkit/core';
import { type FakeProvider, fakeProvider } from '@typingkit/testing';
import { expect, test } from 'vitest';

const alice = { chat: 'alice' };

/** What the engine asks in the middle of a call, each of which calls `interrupt` when it is asked. */
const asked: Readonly<Record<string, (interrupt: () => void, provider: FakeProvider) => Typing>> = {
  enabled: (interrupt, provider) =>
    createTyping({
      channels: { chat: provider },
      onEvent: () => {},
      enabled: () => {
        interrupt();
        return true;
      },
    }),
  'the source of the channel': (interrupt, provider) =>
    createTyping({
      onEvent: () => {},
      channels: {
        chat: () => {
          interrupt();
          return provider;
        },
      },
    }),
  parseTarget: (interrupt, provider) => interrupted('parseTarget', interrupt, provider),
  conversationKey: (interrupt, provider) => interrupted('conversationKey', interrupt, provider),
  credentialKey: (interrupt, provider) => interrupted('credentialKey', interrupt, provider),
  capabilitiesOf: (interrupt, provider) => interrupted('capabilitiesOf', interrupt, provider),
};

function interrupted(
  name: 'parseTarget' | 'conversationKey' | 'credentialKey' | 'capabilitiesOf',
  interrupt: () => void,
  provider: FakeProvider,
): Typing {
  const answers = {
    parseTarget: (input: unknown) => input,
    conversationKey: () => 'alice',
    credentialKey: () => 'key',
    capabilitiesOf: () => provider.capabilities,
  };
  const asking = (target: unknown): unknown => {
    interrupt();
    return answers[name](target);
  };
  return createTyping({
    channels: { chat: Object.assign({}, provider, { [name]: asking }) },
    onEvent: () => {},
  });
}

test.for(Object.keys(asked).flatMap((who) => ['keep', 'send'].map((verb) => [who, verb] as const)))(
  'where %s closes everything in the middle of %s, nothing is left up',
  async ([who, verb]) => {
    const provider = fakeProvider();
    let closing: Promise<void> | undefined;
    const interrupt = (): void => {
      closing ??= typing.close();
    };
    const typing: Typing = asked[who]?.(interrupt, provider) ?? createTyping({ channels: {} });
    const call = async (): Promise<unknown> =>
      verb === 'keep'
        ? typing.keep('chat', alice, { maxDurationMs: 500 }).closed
        : typing.send('chat', alice);
    const outcome: unknown = await call().catch((error: unknown) => Object(error).code);
    expect(['closed', 'stopped']).toContain(outcome);
    await closing;
    expect(typing.sessions()).toEqual([]);
    const [lastCall] = provider.calls.slice(-1);
    expect(lastCall?.operation ?? 'stop').toBe('stop');
  },
);
