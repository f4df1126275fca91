import { createTyping, type Typing } from '@typingkit/core';
import { sharedSecret, webhookHandler } from '@typingkit/core/webhook';
import { sendblue, type SendblueTarget } from '@typingkit/sendblue';
import { startSimulator, type Simulator } from '@typingkit/simulator';
import { afterEach, beforeEach, expect, test } from 'vitest';

const secret = 'the-secret-of-the-webhook';

let simulator: Simulator;
let typing: Typing<{ readonly imessage: SendblueTarget }>;

beforeEach(async () => {
  simulator = await startSimulator();
  const { apiKey: apiSecretKey, baseUrl, environment } = simulator.sendblue;
  const apiKeyId = environment['SENDBLUE_API_KEY_ID'] ?? '';
  const fromNumber = environment['SENDBLUE_FROM_NUMBER'];
  const imessage = sendblue({ credentials: { apiKeyId, apiSecretKey }, baseUrl, fromNumber });
  typing = createTyping({ channels: { imessage } });
});
afterEach(async () => {
  await typing.close({ deadlineMs: 0 });
  await simulator.close();
});

/** As the page of the channel has it. */
function tell(body: object, claim: string): Promise<Response> {
  const handler = webhookHandler({
    provider: 'sendblue',
    signature: sharedSecret({ secret, header: 'sb-signing-secret' }),
    read: (verified) =>
      typing.inboundIn('imessage', verified.json()).map((event) => ({ id: event.eventId, event })),
    onEvent: (event) => typing.receive(event),
  });
  const headers = { 'content-type': 'application/json', 'sb-signing-secret': claim };
  const request = { method: 'POST', headers, body: JSON.stringify(body) };
  return handler(new Request('https://bot.example/webhook', request));
}

test('the plain secret of a webhook decides whether it is believed that the person types', async () => {
  const { id, target } = simulator.sendblue.createConversation();
  const { status } = await tell(simulator.sendblue.personTypes(id, 'started'), `${secret}?`);
  expect([status, typing.isPeerTyping('imessage', target)]).toEqual([401, false]);

  await tell(simulator.sendblue.personTypes(id, 'started'), secret);
  expect(typing.isPeerTyping('imessage', target)).toBe(true);
  await tell(simulator.sendblue.personTypes(id, 'stopped'), secret);
  expect(typing.isPeerTyping('imessage', target)).toBe(false);
});

test.for([
  [{}, ['unverified']],
  [{ isRecent: false }, ['inactive-chat', 'unverified']],
  [{ service: 'SMS', isOptedOut: true }, ['service', 'opted-out', 'unverified']],
  [{ line: 'OFFLINE' }, ['line', 'unverified']],
] as const)('a chat that is %j is diagnosed as what it is', async ([options, codes]) => {
  const { target } = simulator.sendblue.createConversation(options);
  const { reasons } = await typing.diagnose('imessage', target);
  expect(reasons.map(({ code }) => code)).toEqual(codes);
});
