import { execFile } from 'node:child_process';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { createTyping } from '@typingkit/core';
import { startServer } from '@typingkit/server';
import { fakeProvider } from '@typingkit/testing/fake';
import { expect, onTestFinished, test } from 'vitest';
import { installApart } from '../../scripts/install-apart.ts';

const run = promisify(execFile);
const home = fileURLToPath(new URL('../openapi-client/', import.meta.url));
const token = 'the-token-of-this-test';

test(
  'a client that is generated from the OpenAPI document compiles, and does what the document says',
  { timeout: 300_000 },
  async () => {
    await installApart(home);
    const typing = createTyping({ channels: { chat: fakeProvider() } });
    const channels = [{ channel: 'chat' }];
    const server = await startServer({ typing, channels, tokens: [token] });
    onTestFinished(() => server.close());
    const generated = `${home}generated`;
    onTestFinished(() => rm(generated, { recursive: true, force: true }));

    const headers = { authorization: `Bearer ${token}` };
    const document = await (await fetch(`${server.url}/openapi.json`, { headers })).text();
    await mkdir(generated, { recursive: true });
    await writeFile(`${generated}/openapi.json`, document);
    const tool = (name: string): string => `${home}node_modules/.bin/${name}`;
    const file = ['generated/openapi.json', '--output', 'generated/api.d.ts'];
    await run(tool('openapi-typescript'), file, { cwd: home });
    await run(tool('tsc'), ['--project', '.'], { cwd: home });

    const env = { ...process.env, TYPINGKIT_URL: server.url, TYPINGKIT_TOKEN: token };
    const { stdout } = await run(process.execPath, ['client.ts'], { cwd: home, env });
    expect(JSON.parse(stdout)).toEqual({
      channels: ['chat'],
      send: 'accepted',
      touch: 'turn 7',
      update: true,
      list: [1, 'turn 7'],
      diagnose: expect.arrayContaining(['string']),
      end: 'stopped',
      problem: [410, 'session-ended', 'stopped'],
      wrong: 'invalid-request',
    });
  },
);
