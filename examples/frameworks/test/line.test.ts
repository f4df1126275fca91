import { createHmac } from 'node:crypto';
import { expect, vi } from 'vitest';
import { createBot } from '../src/line.ts';
import { patience, reply, type Stage, test, thinkMs } from './stage.ts';

/** A bot that LINE calls. @returns the status with which it answers. */
async function post(stage: Stage, body: object, secret = 'secret'): Promise<number> {
  vi.stubEnv('LINE_CHANNEL_SECRET', 'secret');
  // LINE's SDK drops the path of a base URL.
  vi.stubEnv('LINE_API_URL', await stage.forward(stage.simulator.line.baseUrl));
  const url = await stage.listen(createBot(stage.think));
  const text = JSON.stringify(body);
  const signature = createHmac('sha256', secret).update(text).digest('base64');
  const { status } = await fetch(`${url}/line`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-line-signature': signature },
    body: text,
  });
  return status;
}

test('a bot on LINE answers the webhook at once, and types until its reply', async ({ stage }) => {
  const { line } = stage.simulator;
  const { id } = line.createConversation();
  expect(await post(stage, line.receiveMessage(id, 'Where is my order?'))).toBe(200);
  expect(await stage.messages(id)).toEqual([thinkMs]);
  expect(stage.asked).toEqual(['Where is my order?']);
  await stage.pass(60_000);
  expect(stage.seen(id)).toEqual([{ fromMs: 0, toMs: thinkMs, endedBy: 'message' }]);
});

test('a bot on LINE says in a group that it thinks, and asks for no indicator', async ({
  stage,
}) => {
  const { line } = stage.simulator;
  const groupId = `C${'4af4980629d9a7bd'.repeat(2)}`;
  const source = { type: 'group', groupId, userId: line.createConversation().id };
  const event = { type: 'message', mode: 'active', source, message: { type: 'text', text: 'Hi' } };
  const texts = (): string[] =>
    stage.simulator.requests({ vendor: 'line' }).map(({ body }) => {
      const { to, messages } = JSON.parse(body) as { to: string; messages: { text: string }[] };
      return to === groupId ? (messages[0]?.text ?? '') : 'somebody else';
    });
  expect(await post(stage, { destination: source.userId, events: [event] })).toBe(200);
  await expect.poll(() => stage.asked, patience).toEqual(['Hi']);
  await expect.poll(texts, patience).toEqual(['One moment…']);
  await stage.pass(thinkMs);
  await expect.poll(texts, patience).toEqual(['One moment…', reply]);
});

test('a bot on LINE does not believe what somebody else signed', async ({ stage }) => {
  const { line } = stage.simulator;
  const { id } = line.createConversation();
  expect(await post(stage, line.receiveMessage(id), 'guessed')).toBeGreaterThanOrEqual(400);
  await stage.pass(1_000);
  expect(stage.asked).toEqual([]);
  expect(stage.seen(id)).toEqual([]);
});
