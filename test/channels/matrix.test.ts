import { createTyping, type Typing } from '@typingkit/core';
import { matrix, type MatrixTarget } from '@typingkit/matrix';
import { startSimulator, type Simulator } from '@typingkit/simulator';
import { afterEach, beforeEach, expect, test } from 'vitest';

let simulator: Simulator;
let typing: Typing<{ readonly matrix: MatrixTarget }>;
let bot: AbortController;

beforeEach(async () => {
  simulator = await startSimulator();
  const { apiKey: accessToken, baseUrl } = simulator.matrix;
  typing = createTyping({ channels: { matrix: matrix({ accessToken, baseUrl }) } });
  bot = new AbortController();
});
afterEach(async () => {
  bot.abort();
  await typing.close({ deadlineMs: 0 });
  await simulator.close();
});

/** Reads one `/sync` after the other, as every bot does, and answers the rooms to answer in. */
async function* rooms(): AsyncGenerator<MatrixTarget> {
  const { apiKey, baseUrl } = simulator.matrix;
  let since = '';
  while (!bot.signal.aborted) {
    const response = await fetch(`${baseUrl}/_matrix/client/v3/sync?timeout=30000&since=${since}`, {
      headers: { authorization: `Bearer ${apiKey}` },
      signal: bot.signal,
    });
    const body: unknown = await response.json();
    since = String(Object(body).next_batch);
    for (const event of typing.inboundIn('matrix', body)) typing.receive(event);
    yield* typing.targetsIn('matrix', body);
  }
}

test('a bot that reads /sync sees who types, and is not fooled by itself', async () => {
  const { id, target } = simulator.matrix.createConversation();
  const answered: MatrixTarget[] = [];
  const running = (async () => {
    for await (const room of rooms()) {
      answered.push(room);
      await typing.send('matrix', room);
    }
  })().catch((error: unknown) => error);

  simulator.matrix.receiveMessage(id);
  await expect.poll(() => simulator.recipientView(id), { timeout: 30_000 }).toHaveLength(1);
  expect(answered).toEqual([target]);
  // The bot itself is the only one who types.
  expect(typing.isPeerTyping('matrix', target)).toBe(false);

  simulator.matrix.personTypes(id, 'started');
  await expect.poll(() => typing.isPeerTyping('matrix', target), { timeout: 30_000 }).toBe(true);
  simulator.matrix.personTypes(id, 'stopped');
  await expect.poll(() => typing.isPeerTyping('matrix', target), { timeout: 30_000 }).toBe(false);
  bot.abort();
  await running;
});
