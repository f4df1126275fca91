import type { Redis } from 'ioredis';

/** How busy the main thread of Redis was so far, in microseconds. */
export async function redisProcessorMicros(redis: Redis): Promise<number> {
  const info = await redis.info('cpu');
  const seconds = (field: string): number =>
    Number(new RegExp(`^${field}:([\\d.]+)`, 'm').exec(info)?.[1] ?? 0);
  const user = seconds('used_cpu_user_main_thread') || seconds('used_cpu_user');
  const system = seconds('used_cpu_sys_main_thread') || seconds('used_cpu_sys');
  return (user + system) * 1_000_000;
}

/** How much memory the data of Redis takes, in bytes. */
export async function redisBytes(redis: Redis): Promise<number> {
  const info = await redis.info('memory');
  return Number(/^used_memory:(\d+)/m.exec(info)?.[1] ?? 0);
}

/** How busy this process was so far, in microseconds. */
export function ownProcessorMicros(): number {
  const { system, user } = process.cpuUsage();
  return system + user;
}

export function wait(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
