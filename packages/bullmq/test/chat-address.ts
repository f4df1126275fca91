import { type ProviderAddress, TypingError } from '@typingkit/core';
import { fakeProvider } from '@typingkit/testing';
import type { ChatTarget } from './fleet.ts';

/** The address of the channel of a fleet. */
export function chatAddress(): ProviderAddress<ChatTarget> {
  const provider = fakeProvider<ChatTarget>({
    conversationKey: ({ chat }) => chat,
    parseTarget: (input) => {
      if (typeof input === 'object' && input !== null && 'chat' in input) {
        return { chat: String(input.chat) };
      }
      throw new TypingError({ code: 'invalid-target', reason: 'chat must be a string' });
    },
  });
  return Object.assign(provider, { credentialKey: () => 'one key' });
}
