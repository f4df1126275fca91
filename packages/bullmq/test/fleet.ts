import type {
  StartReceipt,
  TypingCapabilities,
  TypingEvent,
  TypingProvider,
} from '@typingkit/core';
import { fakeProvider, type FakeProvider } from '@typingkit/testing';
import { expect } from 'vitest';
import { sharedTyping, type SharedTyping, type SharedTypingOptions } from '../src/index.ts';
import type { RedisServer } from './redis/redis-server.ts';

export interface ChatTarget {
  readonly chat: string;
}

/** What reached the vendor, whoever sent it. */
export interface WireEntry {
  readonly atMs: number;
  readonly by: number;
  readonly operation: 'start' | 'stop';
  readonly chat: string;
  readonly status?: string | undefined;
}

export interface Member {
  readonly typing: SharedTyping<{ readonly chat: ChatTarget }>;
  readonly provider: FakeProvider<ChatTarget>;
  readonly events: TypingEvent[];
}

export interface Fleet {
  readonly prefix: string;
  readonly members: readonly Member[];
  readonly wire: WireEntry[];
  close(): Promise<void>;
}

export interface FleetOptions {
  readonly capabilities?: Partial<TypingCapabilities>;
  readonly options?: Partial<Omit<SharedTypingOptions, 'redis' | 'channels'>>;
  readonly budgetKey?: (target: ChatTarget) => string;
  /** Called with each start, before it succeeds. May throw. */
  readonly onStart?: (
    by: number,
    target: ChatTarget,
  ) => StartReceipt | Promise<StartReceipt> | void;
}

let fleets = 0;

/** Several processes on one Redis, as far as one process can be several: with connections and engines of their own. */
export function fleetOf(count: number, server: RedisServer, given: FleetOptions = {}): Fleet {
  const wire: WireEntry[] = [];
  const prefix = `fleet-${(fleets += 1)}`;
  const members = Array.from({ length: count }, (_, by): Member => {
    const fake = fakeProvider<ChatTarget>({
      capabilities: {
        // Longer than a busy machine may pause: what has expired by itself is not stopped.
        ttl: { kind: 'fixed', ms: 10_000, source: 'documented' },
        refreshMs: 400,
        ...given.capabilities,
      },
      conversationKey: ({ chat }) => chat,
    });
    const { start, stop } = fake;
    const provider: FakeProvider<ChatTarget> & TypingProvider<ChatTarget> = Object.assign(fake, {
      credentialKey: () => 'one key',
      ...(given.budgetKey && { budgetKey: given.budgetKey }),
      start: async (...call: Parameters<typeof start>) => {
        const [{ chat }, { status }] = call;
        wire.push({ atMs: performance.now(), by, operation: 'start', chat, status });
        const receipt = await given.onStart?.(by, call[0]);
        return receipt ?? (await start(...call));
      },
      ...(stop && {
        stop: async (...call: Parameters<typeof stop>) => {
          wire.push({ atMs: performance.now(), by, operation: 'stop', chat: call[0].chat });
          await stop(...call);
        },
      }),
    });
    const events: TypingEvent[] = [];
    const typing = sharedTyping({
      redis: server.url,
      channels: { chat: provider },
      prefix,
      leaseMs: 6_000,
      onEvent: (event) => events.push(event),
      onRedis: () => {},
      ...given.options,
    });
    return { typing, provider, events };
  });
  return {
    prefix,
    members,
    wire,
    close: async () => void (await Promise.all(members.map(({ typing }) => typing.close()))),
  };
}

export function startsIn(fleet: Fleet, chat?: string): WireEntry[] {
  return fleet.wire.filter(
    (entry) => entry.operation === 'start' && (chat === undefined || entry.chat === chat),
  );
}

export function stopsIn(fleet: Fleet): WireEntry[] {
  return fleet.wire.filter(({ operation }) => operation === 'stop');
}

export function wait(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/** Waits until something is so, however slow the machine is. */
export async function until(isSo: () => boolean): Promise<void> {
  await expect.poll(isSo, { timeout: 45_000, interval: 20 }).toBe(true);
}

/** The member with a number. */
export function memberOf({ members }: Fleet, by: number): Member {
  const member = members[by];
  if (!member) throw new Error(`there is no member ${by}`);
  return member;
}
