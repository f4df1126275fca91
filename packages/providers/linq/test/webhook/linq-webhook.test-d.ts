import { createTyping, type InboundTyping, type TypingProvider } from '@typingkit/core';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Request as ExpressRequest, RequestHandler } from 'express';
import { expectTypeOf, test } from 'vitest';
import { linq, type LinqTarget } from '../../src/index.ts';
import { linqWebhook, type NodeHandler, toNodeHandler } from '../../src/webhook/index.ts';

declare const linkedin: TypingProvider<{ readonly urn: string }>;
const provider = linq({ apiKey: 'key' });
const secret = 'whsec_…';

test('onTyping gets the target of Linq, and the name that the channel has', () => {
  linqWebhook({
    secret,
    onTyping: (typing) =>
      expectTypeOf(typing).toEqualTypeOf<InboundTyping<'imessage', LinqTarget>>(),
  });
  linqWebhook({
    secret,
    channel: 'sales',
    onTyping: (typing) => expectTypeOf(typing.channel).toEqualTypeOf<'sales'>(),
  });
});

test('receive of an object with the channel is good for it', () => {
  const typing = createTyping({ channels: { imessage: provider, linkedin } });
  const usual = linqWebhook({ secret, onTyping: typing.receive });
  expectTypeOf(usual).toEqualTypeOf<(request: Request) => Promise<Response>>();
  const sales = createTyping({ channels: { sales: provider, linkedin } });
  const renamed = linqWebhook({ secret, channel: 'sales', onTyping: sales.receive });
  expectTypeOf(renamed).toEqualTypeOf(usual);
});

test('receive of an object without the channel is not', () => {
  const sales = createTyping({ channels: { sales: provider, linkedin } });
  expectTypeOf(sales.receive).not.toExtend<
    (typing: InboundTyping<'imessage', LinqTarget>) => void
  >();
  // @ts-expect-error There is no channel imessage.
  linqWebhook({ secret, onTyping: sales.receive });
  // @ts-expect-error There is no channel support.
  linqWebhook({ secret, channel: 'support', onTyping: sales.receive });
  // @ts-expect-error It is not Linq's.
  linqWebhook({ secret, channel: 'linkedin', onTyping: sales.receive });
});

test('the handler of Node takes what Node and Express give', () => {
  const handler = toNodeHandler(linqWebhook({ secret, onTyping: () => {} }));
  expectTypeOf(handler).toEqualTypeOf<NodeHandler>();
  expectTypeOf(handler).toExtend<(request: IncomingMessage, response: ServerResponse) => void>();
  expectTypeOf(handler).toExtend<RequestHandler>();
  expectTypeOf<ExpressRequest>().toExtend<Parameters<NodeHandler>[0]>();
});
