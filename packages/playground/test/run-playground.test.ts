import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const command = fileURLToPath(new URL('../src/bin.ts', import.meta.url));

function run(...args: string[]): {
  output: () => string;
  child: ReturnType<typeof spawn>;
  ended: Promise<unknown[]>;
} {
  const child = spawn(process.execPath, [command, ...args], { stdio: 'pipe' });
  let text = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk;
    });
  return { output: () => text, child, ended: once(child, 'close') };
}

test('the command serves the page until it is told to end', { timeout: 60_000 }, async () => {
  const { output, child, ended } = run('--', '--port', '0');
  await expect.poll(output, { timeout: 50_000 }).toMatch(/http:\/\/127\.0\.0\.1:\d+\//);
  const [url = ''] = /http:\S+/.exec(output()) ?? [];
  expect(await (await fetch(url)).text()).toContain('typingkit playground');
  child.kill('SIGTERM');
  expect(await ended).toEqual([0, null]);
});

test.for([
  ['--port', 'many'],
  ['--prt', '1'],
  ['--port', '70000'],
])('%s %s is refused with the usage', async ([name = '', value = '']) => {
  const { output, ended } = run(name, value);
  expect(await ended).toEqual([2, null]);
  expect(output()).toContain('Usage: typingkit-playground');
});

test('--help prints the usage', async () => {
  const { output, ended } = run('--help');
  expect(await ended).toEqual([0, null]);
  expect(output()).toContain('--no-open');
});
