import { expect, it } from 'vitest';
import { runDemo } from './run-demo.ts';

// What it shows where there is one is in test/long/three-processes.test.ts.
it('says in one line how to get a Redis where there is none', { timeout: 180_000 }, async () => {
  const run = runDemo(['--', '--processes'], { REDIS_SERVER: '/nowhere/redis-server' });
  const { code, stderr, stdout } = await run.ended;
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
  expect(stderr).toMatch(/^.* no redis-server: install one .* REDIS_SERVER .*\n$/);
  expect(run.isAnyoneLeft()).toBe(false);
});
