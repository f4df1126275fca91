import { describe, expect, it } from 'vitest';
import { readCommand, usage } from '../src/command-line.ts';

const keys = { LINQ_API_V3_API_KEY: 'key', CONNECTSAFELY_API_KEY: 'key' };

describe('The arguments of the demo', () => {
  it('may follow the `--` that pnpm hands through', () => {
    const conversation = { channel: 'imessage', target: { chatId: 'id' } };
    const args = ['--live', 'imessage', 'id'];
    expect(readCommand(args, keys)).toEqual({ kind: 'live', conversation });
    expect(readCommand(['--', ...args], keys)).toEqual({ kind: 'live', conversation });
    expect(readCommand(['--'], {})).toEqual({ kind: 'simulated', listsRequests: false });
    expect(readCommand(['--', '--wire'], {})).toEqual({ kind: 'simulated', listsRequests: true });
    expect(readCommand(['--', '--cases'], {})).toEqual({ kind: 'cases' });
    expect(readCommand(['--', '--processes'], {})).toEqual({ kind: 'processes' });
  });

  it('name a LinkedIn conversation by its URN', () => {
    const conversationUrn = 'urn:li:msg_conversation:(urn:li:fsd_profile:A,2-b==)';
    expect(readCommand(['--live', 'linkedin', conversationUrn], keys)).toEqual({
      kind: 'live',
      conversation: { channel: 'linkedin', target: { conversationUrn } },
    });
  });

  it.each([
    [['--live'], 'live'],
    [['--live', 'telegram', 'id'], 'imessage or linkedin, not telegram'],
    [['--live', 'imessage'], 'one chatId'],
    [['--live', 'linkedin', 'one', 'two'], 'one conversationUrn'],
    [['--processes', 'telegram'], 'nothing else'],
    [['--processes', '--live', 'imessage', 'id'], 'nothing else'],
    [['--cases', 'telegram'], '--cases takes nothing else'],
    [['--cases', '--wire'], '--cases takes nothing else'],
    [['--processes', '--cases'], '--processes takes nothing else'],
    [['--lve'], '--lve'],
    [['please'], 'please'],
  ])('are refused with a sentence where they are %j', (args, part) => {
    expect(readCommand(args, keys)).toEqual({
      kind: 'refused',
      sentence: expect.stringContaining(part),
    });
  });

  it('do not take an empty key for a key', () => {
    const command = readCommand(['--live', 'imessage', 'id'], { LINQ_API_KEY: ' ' });
    expect(command).toMatchObject({ kind: 'refused' });
  });

  it('are explained within 80 columns', () => {
    expect(usage.split('\n').filter((line) => line.length > 80)).toEqual([]);
  });
});
