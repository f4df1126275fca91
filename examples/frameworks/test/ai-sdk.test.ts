import { MockLanguageModelV4 } from 'ai/test';
import { defaultTyping, slack, telegram } from 'typingkit';
import { describe, expect } from 'vitest';
import { type Agent, runAgent } from '../src/ai-sdk-agent.ts';
import { answer } from '../src/ai-sdk-stream.ts';
import { patience, reply, type Stage, stopOrMessage, test } from './stage.ts';

type Generated = Awaited<ReturnType<MockLanguageModelV4['doGenerate']>>;
type Streamed = Awaited<ReturnType<MockLanguageModelV4['doStream']>>;
type Chunk = Streamed['stream'] extends ReadableStream<infer Part> ? Part : never;

const count = { total: 1, noCache: 1, cacheRead: undefined, cacheWrite: undefined };
const usage = { inputTokens: count, outputTokens: { total: 1, text: 1, reasoning: undefined } };
const finish = (unified: 'stop' | 'tool-calls') => ({ unified, raw: undefined });

/** A model that thinks for five seconds, calls one tool after the other, each after five more, and then answers. */
function modelOf({ wait }: Stage, ...tools: string[]): MockLanguageModelV4 {
  const left = [...tools];
  return new MockLanguageModelV4({
    async doGenerate({ abortSignal }): Promise<Generated> {
      await Promise.race([wait(5_000), aborted(abortSignal)]);
      const toolName = left.shift();
      if (toolName === undefined) {
        const content = [{ type: 'text' as const, text: reply }];
        return { content, finishReason: finish('stop'), usage, warnings: [] };
      }
      const call = { toolCallId: toolName, toolName, input: '"tables for two"' };
      const content = [{ type: 'tool-call' as const, ...call }];
      return { content, finishReason: finish('tool-calls'), usage, warnings: [] };
    },
  });
}

function aborted(signal: AbortSignal | undefined): Promise<never> {
  return new Promise((_, reject) => {
    signal?.addEventListener('abort', () => reject(signal.reason));
  });
}

/** Tools that take ten seconds, and a person who takes thirty to say yes. */
function agentOf(
  stage: Stage,
  ...tools: string[]
): Agent & { readonly model: MockLanguageModelV4 } {
  const { wait } = stage;
  const work = async (): Promise<string> => {
    await wait(10_000);
    return 'Found.';
  };
  return {
    model: modelOf(stage, ...tools),
    search: work,
    book: work,
    async ask() {
      await wait(30_000);
      return true;
    },
  };
}

/** The bot's reply, as the simulated platform is sent one. */
async function send({ simulator }: Stage, vendor: 'slack' | 'telegram', id: string): Promise<void> {
  const { url, ...request } = simulator[vendor].messageRequest(id, reply);
  await fetch(url, request);
}

describe('an agent of the AI SDK', () => {
  test('types while its model thinks and its tools run, and says in Slack what it does', async ({
    stage,
  }) => {
    const { id, target } = stage.simulator.slack.createConversation();
    const text = await stage.finish(
      runAgent('slack', target, agentOf(stage, 'search'), 'A table?'),
    );
    await send(stage, 'slack', id);
    expect(text).toBe(reply);
    expect(stage.seen(id)).toEqual([
      { fromMs: 0, toMs: 5_000, endedBy: 'replaced', shows: 'is typing…' },
      { fromMs: 5_000, toMs: 15_000, endedBy: 'replaced', shows: 'is searching the web…' },
      { fromMs: 15_000, toMs: 20_000, endedBy: stopOrMessage, shows: 'is typing…' },
    ]);
  });

  test('shows in Telegram an action while a tool runs', async ({ stage }) => {
    const { id, chatId } = stage.simulator.telegram.createConversation();
    await stage.finish(runAgent('telegram', { chatId }, agentOf(stage, 'search'), 'A table?'));
    await send(stage, 'telegram', id);
    expect(stage.seen(id)).toEqual([
      { fromMs: 0, toMs: 5_000, endedBy: 'replaced' },
      { fromMs: 5_000, toMs: 15_000, endedBy: 'replaced', shows: 'find_location' },
      { fromMs: 15_000, toMs: 20_000, endedBy: 'message' },
    ]);
  });

  test('is not seen typing while the person is asked to approve a tool', async ({ stage }) => {
    const { id, target } = stage.simulator.slack.createConversation();
    await stage.finish(runAgent('slack', target, agentOf(stage, 'book'), 'Book it.'));
    await send(stage, 'slack', id);
    expect(stage.seen(id)).toEqual([
      { fromMs: 0, toMs: 5_000, endedBy: 'stopped', shows: 'is typing…' },
      // A text stands for a second at the least.
      { fromMs: 35_000, toMs: 36_000, endedBy: 'replaced', shows: 'is typing…' },
      { fromMs: 36_000, toMs: 45_000, endedBy: 'replaced', shows: 'is booking…' },
      { fromMs: 45_000, toMs: 50_000, endedBy: stopOrMessage, shows: 'is typing…' },
    ]);
  });

  test('stops when the person presses Stop, and is no longer seen typing', async ({ stage }) => {
    const { slack: slackSimulator, telegram: telegramSimulator } = stage.simulator;
    stage.configure({
      slack: slack({
        botToken: slackSimulator.apiKey,
        baseUrl: slackSimulator.baseUrl,
        sessions: true,
      }),
      telegram: telegram({ botToken: telegramSimulator.apiKey }),
    });
    const { id, sessionId, target } = slackSimulator.createConversation();
    const agent = agentOf(stage, 'search');
    const text = runAgent('slack', target, agent, 'A table?').catch((error: unknown) => error);
    await expect.poll(() => agent.model.doGenerateCalls.length, patience).toBe(1);
    await stage.pass(2_000);
    const event = slackSimulator.pressStop(id);
    for (const stop of defaultTyping().inboundIn('slack', event)) defaultTyping().receive(stop);
    expect(await stage.finish(text)).toMatchObject({ name: 'AbortError' });
    expect(stage.seen(id)).toMatchObject([{ fromMs: 0, toMs: 2_000, endedBy: 'stopped' }]);
    expect(stage.seen(sessionId)).toMatchObject([{ fromMs: 0, toMs: 2_000, endedBy: 'stopped' }]);
  });
});

test('a stream of the AI SDK is passed on, and typed along with until its end', async ({
  stage,
}) => {
  const words = ['Here ', 'it ', 'is.'];
  const stream = new ReadableStream<Chunk>({
    async pull(controller) {
      const delta = words.shift();
      if (words.length === 2) controller.enqueue({ type: 'text-start', id: '1' });
      await stage.wait(5_000);
      if (delta !== undefined) controller.enqueue({ type: 'text-delta', id: '1', delta });
      else {
        controller.enqueue({ type: 'text-end', id: '1' });
        controller.enqueue({ type: 'finish', finishReason: finish('stop'), usage });
        controller.close();
      }
    },
  });
  const model = new MockLanguageModelV4({ doStream: { stream } });
  const { id, chatId } = stage.simulator.telegram.createConversation();
  const text = await stage.finish(answer('telegram', { chatId }, model, 'A table?'));
  await send(stage, 'telegram', id);
  expect(text).toBe(reply);
  expect(stage.seen(id)).toEqual([{ fromMs: 0, toMs: 20_000, endedBy: 'message' }]);
});
