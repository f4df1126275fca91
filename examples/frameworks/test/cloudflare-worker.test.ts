import { Miniflare } from 'miniflare';
import { rolldown } from 'rolldown';
import { fileURLToPath } from 'node:url';
import { expect } from 'vitest';
import { patience, reply, test, thinkMs } from './stage.ts';

const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';

/** The Worker as it is deployed: one file. */
async function bundle(): Promise<string> {
  const input = fileURLToPath(new URL('../src/cloudflare-worker.ts', import.meta.url));
  const build = await rolldown({
    input,
    platform: 'browser',
    resolve: { conditionNames: ['workerd', 'worker', 'import'] },
  });
  const { output } = await build.generate({ format: 'esm', codeSplitting: false });
  await build.close();
  return output[0].code;
}

test('a Worker answers the webhook at once, and types until its reply', async ({ stage }) => {
  const { linq } = stage.simulator;
  const model = await stage.listen(async (_, response) => {
    response.end(await stage.think('asked'));
  });
  const worker = new Miniflare({
    modules: true,
    script: await bundle(),
    compatibilityDate: '2026-07-01',
    bindings: {
      LINQ_API_KEY: linq.apiKey,
      LINQ_API_BASE_URL: linq.baseUrl,
      LINQ_WEBHOOK_SECRET: secret,
      MODEL_URL: model,
    },
  });
  stage.atEnd(() => worker.dispose());
  const targetUrl = (await worker.ready).href;

  linq.webhooks.subscribe({ targetUrl, signingSecret: secret });
  const { chatId } = linq.createConversation();
  linq.receiveMessage(chatId, 'Where is my order?');
  // The Worker is another process: it is seen typing before any time passes.
  await expect.poll(() => stage.seen(chatId), patience).toHaveLength(1);
  await expect
    .poll(() => linq.webhooks.deliveries(), patience)
    .toMatchObject([{ status: 200, attempt: 1 }]);

  expect(await stage.messages(chatId)).toEqual([thinkMs]);
  expect(stage.seen(chatId)).toEqual([{ fromMs: 0, toMs: thinkMs, endedBy: 'message' }]);
  const sent = stage.simulator
    .requests({ vendor: 'linq' })
    .find(({ intent }) => intent === 'message');
  expect(sent?.body).toContain(reply);
});
