import type { ServerResponse } from 'node:http';
import { describe, expect, vi } from 'vitest';
import { answer as answerWithLangChain } from '../src/langchain.ts';
import { answer as answerWithOpenAI } from '../src/openai.ts';
import { reply, type Stage, test } from './stage.ts';

/** An API that says in its stream one event after another, each after five seconds. */
async function serveStream(stage: Stage, events: readonly object[], end = ''): Promise<void> {
  const url = await stage.listen((_, response) => void say(response));
  async function say(response: ServerResponse): Promise<void> {
    response.writeHead(200, { 'content-type': 'text/event-stream' }).flushHeaders();
    for (const event of events) {
      await stage.wait(5_000);
      const name = 'type' in event ? `event: ${String(event.type)}\n` : '';
      response.write(`${name}data: ${JSON.stringify(event)}\n\n`);
    }
    response.end(end);
  }
  vi.stubEnv('OPENAI_API_KEY', 'key');
  vi.stubEnv('OPENAI_BASE_URL', url);
}

const chunk = (delta: object, finish_reason: string | null = null) => ({
  id: '1',
  object: 'chat.completion.chunk',
  created: 1,
  model: 'gpt-5',
  choices: [{ index: 0, delta, finish_reason }],
});

describe("a stream of OpenAI's SDK", () => {
  test('is typed along with, and says when it searches', async ({ stage }) => {
    await serveStream(stage, [
      { type: 'response.web_search_call.searching', item_id: '1', output_index: 0 },
      { type: 'response.output_text.delta', delta: 'Here it ' },
      { type: 'response.output_text.delta', delta: 'is.' },
      { type: 'response.completed', response: {} },
    ]);
    const { id, target } = stage.simulator.slack.createConversation();
    const text = await stage.finish(answerWithOpenAI('slack', target, 'Where is my order?'));
    expect(text).toBe(reply);
    await stage.pass(1_000);
    expect(stage.seen(id)).toEqual([
      { fromMs: 0, toMs: 5_000, endedBy: 'replaced', shows: 'is typing…' },
      { fromMs: 5_000, toMs: 20_000, endedBy: 'stopped', shows: 'is searching the web…' },
    ]);
  });
});

describe('a stream of LangChain', () => {
  test('is typed along with', async ({ stage }) => {
    const deltas = [chunk({ role: 'assistant', content: 'Here it ' }), chunk({ content: 'is.' })];
    await serveStream(stage, [...deltas, chunk({}, 'stop')], 'data: [DONE]\n\n');
    const { id, chatId } = stage.simulator.linq.createConversation();
    const text = await stage.finish(answerWithLangChain('imessage', { chatId }, 'Where?'));
    expect(text).toBe(reply);
    await stage.pass(1_000);
    expect(stage.seen(id)).toEqual([{ fromMs: 0, toMs: 15_000, endedBy: 'stopped' }]);
  });
});
