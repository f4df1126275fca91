import { linq, type LinqTarget } from '../../../../../packages/providers/linq/src/index.ts';
import {
  describeTypingProvider,
  type ProviderFacts,
} from '../../../../../packages/testing/src/index.ts';
import { TypingError, type TypingProvider } from '../../workspace-packages.ts';

const chatId = '550e8400-e29b-41d4-a716-446655440000';
const path = `/v3/chats/${chatId}/typing`;

const facts: ProviderFacts<LinqTarget> = {
  create: linq,
  target: { chatId },
  otherTarget: { chatId: '7d2f9a10-3c4b-4e5f-8a6b-9c0d1e2f3a4b' },
  invalidTargets: [{ chatId: 'lobby' }],
  authorization: (apiKey) => ({ authorization: `Bearer ${apiKey}` }),
  start: { method: 'POST', path, answer: { status: 204 } },
  stop: { method: 'DELETE', path, answer: { status: 204 } },
  failures: [{ answer: { status: 429 }, code: 'rate-limited' }],
};

/** An adapter that takes "too many requests" for a success. */
function swallowing(provider: TypingProvider<LinqTarget>): TypingProvider<LinqTarget> {
  return {
    ...provider,
    start: (target, call) =>
      provider.start(target, call).catch((error: unknown) => {
        if (TypingError.isInstance(error) && error.code === 'rate-limited') return {};
        throw error;
      }),
  };
}

describeTypingProvider('throwing', facts);
describeTypingProvider('swallowing', {
  ...facts,
  create: (options) => swallowing(linq(options)),
});
