import { execFileSync } from 'node:child_process';
import { availableParallelism, cpus, loadavg } from 'node:os';

/** Where and when a benchmark ran. */
export interface Surroundings {
  readonly date: string;
  readonly node: string;
  readonly processor: string;
  readonly processors: number;
  /** Processes that wanted a processor over the last minute, before the benchmark began. */
  readonly load: number;
  /** `undefined` before the first commit. */
  readonly commit: string | undefined;
}

export function surroundings(): Surroundings {
  return {
    date: new Date().toISOString().slice(0, 10),
    node: process.version,
    processor: cpus()[0]?.model ?? 'unknown',
    processors: availableParallelism(),
    load: loadavg()[0] ?? 0,
    commit: commit(),
  };
}

function commit(): string | undefined {
  try {
    const args = ['rev-parse', '--short', '--verify', '--quiet', 'HEAD'];
    return execFileSync('git', args, {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim();
  } catch {
    return undefined;
  }
}
