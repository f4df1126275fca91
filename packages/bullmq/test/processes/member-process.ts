import type { StartReceipt, TypingProvider } from '@typingkit/core';
import { sharedTyping, type AnywhereSession } from '@typingkit/bullmq';

// One process of a fleet: does what its parent says, and tells it what reaches the vendor.

export interface MemberSettings {
  readonly redis: string;
  readonly prefix: string;
  readonly leaseMs: number;
  readonly refreshMs: number;
  readonly ttlMs: number;
  /** How long the vendor takes for an answer, in milliseconds. */
  readonly vendorMs: number;
}

export type MemberOrder =
  | {
      readonly order: 'keep';
      readonly chat: string;
      readonly name: string;
      readonly idleTimeoutMs?: number;
    }
  | { readonly order: 'touch' | 'messageSent' | 'stop'; readonly id: string }
  | { readonly order: 'stopAll'; readonly chat: string }
  | { readonly order: 'close' };

export type MemberNews =
  | { readonly news: 'ready' }
  | { readonly news: 'kept'; readonly name: string; readonly id: string }
  | { readonly news: 'stopped'; readonly id: string; readonly atMs: number }
  | {
      readonly news: 'start' | 'stop' | 'started';
      readonly chat: string;
      readonly atMs: number;
    }
  | { readonly news: 'redis'; readonly state: 'away' | 'back'; readonly atMs: number }
  /** This process has done nothing for a while. */
  | { readonly news: 'late'; readonly fromMs: number; readonly toMs: number }
  | { readonly news: 'failed'; readonly message: string };

interface ChatTarget {
  readonly chat: string;
}

const settings = JSON.parse(process.argv[2] ?? '{}') as MemberSettings;

function tell(news: MemberNews): void {
  process.send?.(news);
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

const chat: TypingProvider<ChatTarget> = {
  specification: 1,
  name: 'fake',
  capabilities: {
    ttl: { kind: 'fixed', ms: settings.ttlMs, source: 'documented' },
    repeat: 'extends',
    stop: 'explicit',
    clearsOnMessage: true,
    groups: true,
    minIntervalMs: 0,
    refreshMs: settings.refreshMs,
    sideEffects: [],
    inbound: true,
    requires: [],
  },
  // The type is the caller's claim.
  parseTarget: (input) => input as ChatTarget,
  conversationKey: (target) => target.chat,
  credentialKey: () => 'one key',
  async start(target): Promise<StartReceipt> {
    tell({ news: 'start', chat: target.chat, atMs: Date.now() });
    await pause(settings.vendorMs);
    tell({ news: 'started', chat: target.chat, atMs: Date.now() });
    return {};
  },
  async stop(target) {
    tell({ news: 'stop', chat: target.chat, atMs: Date.now() });
    await pause(settings.vendorMs);
  },
};

const { leaseMs, prefix, redis } = settings;
const typing = sharedTyping({
  redis,
  prefix,
  leaseMs,
  channels: { chat },
  onRedis: (state) => tell({ news: 'redis', state, atMs: Date.now() }),
  onEvent: () => {},
});

async function obey(given: MemberOrder): Promise<void> {
  switch (given.order) {
    case 'keep': {
      const { idleTimeoutMs = 60_000, name } = given;
      const session = typing.keep('chat', { chat: given.chat }, { idleTimeoutMs });
      tell({ news: 'kept', name, id: session.id });
      return;
    }
    case 'touch':
    case 'messageSent':
    case 'stop': {
      const session: AnywhereSession | undefined = typing.session(given.id);
      await session?.[given.order]();
      if (given.order === 'stop') tell({ news: 'stopped', id: given.id, atMs: Date.now() });
      return;
    }
    case 'stopAll':
      await typing.stop('chat', { chat: given.chat });
      return;
    case 'close':
      await typing.close();
      process.disconnect?.();
  }
}

process.on('message', (given: MemberOrder) => {
  obey(given).catch((error: unknown) => tell({ news: 'failed', message: String(error) }));
});

const lookEveryMs = 20;
const noticedMs = 40;
let lookedAtMs = Date.now();
setInterval(() => {
  const nowMs = Date.now();
  if (nowMs - lookedAtMs > lookEveryMs + noticedMs) {
    tell({ news: 'late', fromMs: lookedAtMs, toMs: nowMs });
  }
  lookedAtMs = nowMs;
}, lookEveryMs);

// Without its parent it is of no use.
process.on('disconnect', () => process.exit(0));
tell({ news: 'ready' });
