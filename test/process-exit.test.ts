import { expect, test } from 'vitest';
import { startLoopbackVendor } from './process-exit/loopback-vendor.ts';
import { runToExit } from './process-exit/run-to-exit.ts';

// A session would keep it for minutes; a busy machine takes a while to end a process.
const lingersMs = 10_000;

test('a process with an open session exits at once when its own work is done', async () => {
  await using vendor = await startLoopbackVendor();
  const file = new URL('./process-exit/one-session.ts', import.meta.url);
  const { exitCode, stderr, lingeredMs } = await runToExit(file, [vendor.baseUrl]);
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  expect(lingeredMs).toBeLessThan(lingersMs);
  const chat = '00000000-0000-4000-8000-000000000001';
  expect(vendor.requests).toEqual([`POST /v3/chats/${chat}/typing`]);
});

test('so does one with 50 sessions on one AbortSignal, without a warning', async () => {
  await using vendor = await startLoopbackVendor();
  const file = new URL('./process-exit/sessions-on-one-signal.ts', import.meta.url);
  const { exitCode, stderr, lingeredMs } = await runToExit(file, [vendor.baseUrl, '50']);
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  expect(lingeredMs).toBeLessThan(lingersMs);
  expect(new Set(vendor.requests).size).toBe(50);
  expect(vendor.requests).toHaveLength(50);
});
