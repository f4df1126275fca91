import { createServer } from 'node:net';

import { describe, expect, it } from 'vitest';

import { startSimulator } from '../src/index.ts';
import type { SimulatorOptions } from '../src/index.ts';
import { linqTyping } from './vendor-calls.ts';

// Taken before the first simulator starts: the first one would be the one to swap them.
const { Request, Response } = globalThis;

describe('The simulator', () => {
  it('listens on 127.0.0.1 at a port of its own', async () => {
    await using first = await startSimulator();
    await using second = await startSimulator();
    expect(first.linq.baseUrl).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/api\/partner$/);
    expect(first.connectsafely.baseUrl).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/linkedin$/);
    expect(first.url).not.toBe(second.url);
  });

  it('leaves the global Request and Response alone', async () => {
    await using simulator = await startSimulator();
    await fetch(simulator.controlUrl);
    expect(globalThis.Request).toBe(Request);
    expect(globalThis.Response).toBe(Response);
  });

  it('stops listening when it is closed, twice or more', async () => {
    const simulator = await startSimulator();
    const { chatId } = simulator.linq.createConversation();
    await linqTyping(simulator, chatId);
    await Promise.all([simulator.close(), simulator.close()]);
    await expect(linqTyping(simulator, chatId)).rejects.toThrow('fetch failed');
    await simulator.close();
  });

  it('rejects if the port is taken', async () => {
    const holder = createServer();
    await new Promise<void>((resolve) => {
      holder.listen(0, '127.0.0.1', resolve);
    });
    const address = holder.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    await expect(startSimulator({ port })).rejects.toMatchObject({ code: 'EADDRINUSE' });
    holder.close();
  });

  it.each<[string, unknown]>([
    ['a setting it does not know', { linq: { ear: 'april' } }],
    ['an era that never was', { linq: { era: 'may' } }],
    ['no key at all', { connectsafely: { apiKeys: [] } }],
    ['an impossible speed', { speed: -1 }],
  ])('refuses %s', async (_title, options) => {
    await expect(startSimulator(options as SimulatorOptions)).rejects.toThrow(/speed|Settings of/);
  });

  it('takes an option that is undefined for one left out', async () => {
    await using simulator = await startSimulator({ linq: { era: undefined } });
    expect(simulator.linq.settings().era).toBe('august');
  });

  it('refuses questions about conversations it does not have', async () => {
    await using simulator = await startSimulator();
    expect(() => simulator.recipientView('nobody')).toThrow('no conversation "nobody"');
    expect(() => {
      simulator.linq.receiveMessage('nobody');
    }).toThrow('no chat nobody');
  });

  it('refuses a second conversation of one id', async () => {
    await using simulator = await startSimulator();
    const { chatId } = simulator.linq.createConversation();
    expect(() => simulator.linq.createConversation({ chatId })).toThrow('already has a chat');
    const { conversationUrn } = simulator.connectsafely.createConversation();
    expect(() => simulator.connectsafely.createConversation({ conversationUrn })).toThrow(
      'already has a conversation',
    );
  });

  it('forgets everything but its settings when it is reset', async () => {
    await using simulator = await startSimulator({ linq: { era: 'april' } });
    const { chatId } = simulator.linq.createConversation();
    simulator.connectsafely.createAccount();
    await linqTyping(simulator, chatId);
    simulator.faults.add({ kind: 'hang' });
    simulator.reset();
    expect(simulator.requests()).toEqual([]);
    expect(simulator.faults.list()).toEqual([]);
    expect(simulator.linq.conversations()).toEqual([]);
    expect(simulator.connectsafely.accounts()).toHaveLength(1);
    expect(simulator.linq.settings().era).toBe('april');
    expect(() => simulator.recipientView(chatId)).toThrow('no conversation');
  });
});
