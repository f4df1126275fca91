import 'reflect-metadata';
import type { Typing, TypingReceipt } from '@typingkit/core';
import { registerTyping, TYPING, type TypingOf } from '@typingkit/tsyringe';
import { container as root, inject, injectable } from 'tsyringe';
import { expect, test } from 'vitest';
import { pager, type Wire } from './pager.ts';

// With decorators this is `@injectable() class ReplyHandler { constructor(@inject(TYPING) typing: Typing) }`; applied by
// hand they need no setting of the compiler.
class ReplyHandler {
  readonly #typing: Typing;

  constructor(typing: Typing) {
    this.#typing = typing;
  }

  reply(channel: string, number: string): Promise<TypingReceipt> {
    return this.#typing.send(channel, { pager: number });
  }
}
inject(TYPING)(ReplyHandler, undefined, 0);
injectable()(ReplyHandler);

test('a class gets the typing of the container that resolves it', async () => {
  const wire: Wire = [];
  const container = root.createChildContainer();
  registerTyping(container, { imessage: () => pager('sk_parent', wire) });
  const tenant = container.createChildContainer();
  registerTyping(tenant, { imessage: () => pager('sk_tenant', wire) });
  await container.resolve(ReplyHandler).reply('imessage', '7');
  await tenant.resolve(ReplyHandler).reply('imessage', '7');
  expect(wire).toEqual(['POST /7 as sk_parent', 'POST /7 as sk_tenant']);
});

test('a class can ask for the channels that it needs, and no more', async () => {
  const factories = { imessage: () => pager('sk_1', wire), linkedin: () => pager('sk_2', wire) };
  type Channels = TypingOf<typeof factories>;
  const wire: Wire = [];
  class Greeter {
    readonly typing: Channels;

    constructor(typing: Channels) {
      this.typing = typing;
    }
  }
  inject(TYPING)(Greeter, undefined, 0);
  injectable()(Greeter);
  const container = root.createChildContainer();
  registerTyping(container, factories);
  await container.resolve(Greeter).typing.send('linkedin', { pager: '7' });
  expect(wire).toEqual(['POST /7 as sk_2']);
});
