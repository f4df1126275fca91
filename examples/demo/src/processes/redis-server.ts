import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { startChild } from '../child.ts';

/** A Redis of the demo's own. */
export interface DemoRedis {
  /** The path of its socket, which a client takes in place of a URL. */
  readonly url: string;
  stop(): Promise<void>;
}

/** Where Redis can be got, in one line. */
const advice =
  'This demo starts a Redis of its own, and found no redis-server: install one (apt install redis-server, brew install redis), or set REDIS_SERVER to its path.';

/** @throws Error with a sentence where there is no `redis-server`. */
export async function startRedis(environment: Readonly<NodeJS.ProcessEnv>): Promise<DemoRedis> {
  const program = environment['REDIS_SERVER'] ?? 'redis-server';
  try {
    execFileSync(program, ['--version'], { stdio: 'ignore' });
  } catch {
    throw new Error(advice);
  }
  const file = fileURLToPath(new URL('redis-process.ts', import.meta.url));
  const child = startChild('Redis', file, [program], process.env);
  const line = await child.lines.next();
  if (line.done) {
    await child.ended;
    throw new Error('Redis ended before it was ready.');
  }
  return { url: line.value, stop: () => child.stop() };
}
