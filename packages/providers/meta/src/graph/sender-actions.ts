import type { CallOptions, TypingProvider } from '@typingkit/core';
import type { VendorClient } from '@typingkit/core/http';
import { object } from '@typingkit/core/schema';
import { PersonId } from './person.ts';

const Accepted = object({ recipient_id: PersonId });

/**
 * How Messenger and Instagram show typing, and take it away.
 *
 * @param pathOf the path in front of `/messages`: the version, and who types.
 * @see https://developers.facebook.com/documentation/business-messaging/messenger-platform/send-messages/sender-actions
 */
export function senderActions<Target extends { readonly recipientId: string }>(
  ask: VendorClient<Target>,
  pathOf: (target: Target) => string,
): Required<Pick<TypingProvider<Target>, 'start' | 'stop'>> {
  const send = async (
    operation: 'start' | 'stop',
    target: Target,
    { signal }: CallOptions,
  ): Promise<void> => {
    const json = {
      recipient: { id: target.recipientId },
      sender_action: operation === 'start' ? 'typing_on' : 'typing_off',
    };
    const path = `${pathOf(target)}/messages`;
    const request = { operation, method: 'post', path, json, expects: 200, target } as const;
    const answer = await ask(request, { signal });
    if (!Accepted.accepts(answer.body)) throw answer.failure('bad-response');
  };
  return {
    async start(target, call) {
      await send('start', target, call);
      return {};
    },
    stop: (target, call) => send('stop', target, call),
  };
}
