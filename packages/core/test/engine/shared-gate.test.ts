import {
  createTyping,
  type Gate,
  type GateAccount,
  type GateConversation,
  memoryGate,
  type Typing,
  TypingError,
  type TypingCapabilities,
  type TypingEvent,
  type TypingOptions,
} from '@typingkit/core';
import {
  type FakeProvider,
  fakeProvider,
  virtualClock,
  type VirtualClock,
} from '@typingkit/testing';
import { describe, expect, test } from 'vitest';
import type { ChatTarget } from './virtual-typing.ts';

interface Tenant {
  readonly typing: Typing<{ readonly chat: ChatTarget }>;
  readonly provider: FakeProvider<ChatTarget>;
  readonly events: TypingEvent[];
}

interface Tenants {
  readonly tenants: readonly [Tenant, Tenant, Tenant];
  readonly clock: VirtualClock;
  /** When a start of any of them went out. */
  readonly startsAtMs: readonly number[];
}

interface TenantsOptions {
  readonly capabilities?: Partial<TypingCapabilities>;
  /** Default: all of them use one. */
  readonly credentialKey?: (tenant: number, target: ChatTarget) => string;
  readonly budgetKey?: (target: ChatTarget) => string;
  readonly options?: (tenant: number) => Partial<Omit<TypingOptions, 'channels'>>;
}

/** Three `Typing`s with a provider each, on one gate. */
function threeTenants(given: TenantsOptions = {}): Tenants {
  const { capabilities, credentialKey = () => 'one key', budgetKey, options } = given;
  const clock = virtualClock();
  const gate = memoryGate();
  const startsAtMs: number[] = [];
  const tenant = (number: number): Tenant => {
    const provider = Object.assign(
      fakeProvider<ChatTarget>({
        capabilities: { minIntervalMs: 3_000, ...capabilities },
        conversationKey: ({ chat }) => chat,
      }),
      { credentialKey: (target: ChatTarget) => credentialKey(number, target) },
      budgetKey && { budgetKey },
    );
    const { start } = provider;
    provider.start = (...call) => {
      startsAtMs.push(clock.now());
      return start(...call);
    };
    const events: TypingEvent[] = [];
    const typing = createTyping({
      channels: { chat: provider },
      clock,
      gate,
      random: () => 0,
      onEvent: (event) => events.push(event),
      ...options?.(number),
    });
    return { typing, provider, events };
  };
  return { tenants: [tenant(0), tenant(1), tenant(2)], clock, startsAtMs };
}

const long = { idleTimeoutMs: 3_600_000, maxDurationMs: 3_600_000 };
const alice = { chat: 'alice' };

function keepMany({ typing }: Tenant, count: number): void {
  for (let chat = 0; chat < count; chat += 1) typing.keep('chat', { chat: `${chat}` }, long);
}

/** The most starts in any span of `perMs`. */
function mostWithin(startsAtMs: readonly number[], perMs: number): number {
  return Math.max(
    ...startsAtMs.map(
      (endMs) => startsAtMs.filter((atMs) => atMs > endMs - perMs && atMs <= endMs).length,
    ),
  );
}

function typesOf({ events }: Tenant, type: TypingEvent['type']): number {
  return events.filter((event) => event.type === type).length;
}

describe('three tenants on one gate', () => {
  const thrifty = {
    budget: { requests: 30, perMs: 60_000 },
    refreshMs: 5_000,
    stop: 'expires',
  } as const;

  test('keep one budget where they use one credential, and each gets its share', async () => {
    const { tenants, clock, startsAtMs } = threeTenants({ capabilities: thrifty });
    for (const tenant of tenants) keepMany(tenant, 10);
    await clock.advance(600_000);
    expect(mostWithin(startsAtMs, 60_000)).toBeLessThanOrEqual(30);
    expect(startsAtMs.length).toBeGreaterThan(200);
    const shares = tenants.map(({ provider }) => provider.starts.length);
    expect(Math.min(...shares)).toBeGreaterThan(startsAtMs.length / 5);
  });

  test('keep a budget each where they use credentials of their own', async () => {
    const { tenants, clock, startsAtMs } = threeTenants({
      capabilities: thrifty,
      credentialKey: (tenant) => `key ${tenant}`,
    });
    for (const tenant of tenants) keepMany(tenant, 10);
    await clock.advance(600_000);
    expect(mostWithin(startsAtMs, 60_000)).toBeGreaterThan(30);
    expect(mostWithin(startsAtMs, 60_000)).toBeLessThanOrEqual(90);
  });

  test('spend it together where they call once', async () => {
    const { tenants, startsAtMs } = threeTenants({ capabilities: thrifty });
    const calls = Array.from({ length: 40 }, (_, chat) =>
      (tenants[chat % 3] ?? tenants[0]).typing.send('chat', { chat: `${chat}` }),
    );
    const ends = await Promise.allSettled(calls);
    expect(startsAtMs).toHaveLength(30);
    const refused = ends.filter(({ status }) => status === 'rejected');
    expect(refused).toHaveLength(10);
    expect(refused[0]).toMatchObject({ reason: { code: 'rate-limited' } });
  });

  test('make one probe at a time when the vendor refuses the credential of one', async () => {
    const { tenants, clock, startsAtMs } = threeTenants();
    for (const { provider } of tenants) provider.failNext('unauthenticated', { times: 100 });
    for (const tenant of tenants) keepMany(tenant, 100);
    await clock.advance(62_000);
    expect(startsAtMs).toHaveLength(6);
    const gapsMs = startsAtMs.slice(1).map((atMs, index) => atMs - (startsAtMs[index] ?? 0));
    expect(gapsMs.map((gapMs) => Math.round(gapMs / 1_000))).toEqual([1, 2, 4, 8, 16]);
    for (const tenant of tenants) {
      expect(typesOf(tenant, 'suspended')).toBe(6);
      expect(tenant.typing.sessions()[0]).toMatchObject({ pause: { by: 'credential' } });
    }
    await expect(tenants[2].typing.send('chat', alice)).rejects.toMatchObject({
      code: 'unauthenticated',
    });
    for (const { provider } of tenants) provider.reset();
    await clock.advance(50_000);
    for (const tenant of tenants) {
      expect(typesOf(tenant, 'resumed')).toBe(1);
      expect(tenant.typing.sessions().every(({ state }) => state === 'active')).toBe(true);
    }
  });

  test('leave the probe to others where the switch of the one whose turn it is says no', async () => {
    let isOff = false;
    const { tenants, clock, startsAtMs } = threeTenants({
      options: (tenant) => (tenant === 1 ? { enabled: () => !isOff } : {}),
    });
    const [first, second, third] = tenants;
    first.provider.failNext('unauthenticated');
    const sessions = [first, second, third].map(({ typing }) => typing.keep('chat', alice, long));
    isOff = true;
    await clock.advance(500);
    await sessions[0]?.stop();
    await clock.advance(1_500);
    expect(startsAtMs).toHaveLength(2);
    expect(third.provider.starts).toHaveLength(1);
    expect(sessions[2]?.state).toBe('active');
  });

  test('go on when the one that probes is closed', async () => {
    const { tenants, clock } = threeTenants();
    const [first, second, third] = tenants;
    first.provider.hangNext({ ignoreSignal: true });
    for (const { typing } of tenants) typing.keep('chat', alice, long);
    await clock.advance(100);
    void first.typing.close();
    await clock.advance(3_000);
    expect(second.provider.starts).toHaveLength(1);
    expect(third.provider.starts).toHaveLength(1);
  });

  test('go on when the one that waits for the next probe is closed', async () => {
    const { tenants, clock } = threeTenants();
    const [first, second, third] = tenants;
    first.provider.failNext('unauthenticated');
    for (const { typing } of tenants) typing.keep('chat', alice, long);
    await clock.advance(100);
    void first.typing.close();
    void second.typing.close();
    await clock.advance(3_000);
    expect(third.provider.starts).toHaveLength(1);
  });

  test('all wait when the vendor says to one that there were too many', async () => {
    const { tenants, clock, startsAtMs } = threeTenants();
    for (const tenant of tenants) keepMany(tenant, 5);
    await clock.advance(7_000);
    const before = startsAtMs.length;
    tenants[0].provider.failNext('rate-limited', { details: { retryAfterMs: 45_000 } });
    await expect(tenants[0].typing.send('chat', alice)).rejects.toMatchObject({
      code: 'rate-limited',
    });
    await clock.advance(44_900);
    expect(startsAtMs).toHaveLength(before + 1);
    await expect(tenants[2].typing.send('chat', alice)).rejects.toMatchObject({
      code: 'rate-limited',
    });
    await clock.advance(20_000);
    for (const { provider } of tenants) expect(provider.starts.length).toBeGreaterThan(5);
  });

  test('all wait when one of them says that its own message was one too many', async () => {
    const { tenants, clock, startsAtMs } = threeTenants();
    tenants[1].typing.rateLimited('chat', alice, { retryAfterMs: 20_000 });
    for (const tenant of tenants) keepMany(tenant, 1);
    await clock.advance(19_900);
    expect(startsAtMs).toHaveLength(0);
    await clock.advance(2_000);
    expect(startsAtMs).toHaveLength(3);
  });
});

describe('a limit with a scope', () => {
  const ownBudgets = { budgetKey: ({ chat }: ChatTarget) => chat };
  const refused = { code: 'rate-limited' };

  test.for([
    ['budget', 'accepted'],
    ['credential', 'rate-limited'],
    [undefined, 'accepted'],
  ] as const)('%s: in another conversation a start is %s', async ([scope, outcome]) => {
    const { tenants, clock } = threeTenants(ownBudgets);
    const [first, second] = tenants;
    first.provider.failNext('rate-limited', { details: { retryAfterMs: 45_000, scope } });
    await expect(first.typing.send('chat', alice)).rejects.toMatchObject(refused);
    const elsewhere = (): Promise<string> =>
      second.typing.send('chat', { chat: 'bob' }).then(
        ({ status }) => status,
        ({ code }) => code,
      );
    expect(await elsewhere()).toBe(outcome);
    await expect(first.typing.send('chat', alice)).rejects.toMatchObject(refused);
    await clock.advance(45_100);
    expect(await elsewhere()).toBe('accepted');
  });

  test('lets the sessions of every budget wait, and says so', async () => {
    const { tenants, clock, startsAtMs } = threeTenants(ownBudgets);
    for (const tenant of tenants) keepMany(tenant, 3);
    await clock.advance(1_000);
    const before = startsAtMs.length;
    tenants[0].typing.rateLimited('chat', alice, { retryAfterMs: 60_000, scope: 'credential' });
    await clock.advance(59_900);
    expect(startsAtMs).toHaveLength(before);
    expect(tenants[1].events).toContainEqual(
      expect.objectContaining({ type: 'skipped', pausedBy: 'rate-limit', untilMs: 61_000 }),
    );
    const pauses = tenants.map(({ typing }) => typing.sessions()[0]?.pause);
    expect(pauses).toEqual(tenants.map(() => ({ by: 'rate-limit', untilMs: 61_000 })));
    await clock.advance(5_000);
    for (const { typing } of tenants) expect(typing.sessions()[0]).not.toHaveProperty('pause');
    expect(startsAtMs).toHaveLength(before + 9);
  });

  test('is kept however long nobody types, and then forgotten', async () => {
    const { tenants, clock } = threeTenants(ownBudgets);
    const [first, second] = tenants;
    first.typing.rateLimited('chat', alice, { retryAfterMs: 600_000, scope: 'credential' });
    await clock.advance(590_000);
    await expect(second.typing.send('chat', { chat: 'bob' })).rejects.toMatchObject(refused);
    await clock.advance(400_000);
    expect(clock.pendingTimers).toBe(0);
  });
});

describe('a gate in memory', () => {
  test('forgets what nobody types on: 10,000 conversations that come and go leave nothing', async () => {
    const { tenants, clock } = threeTenants({
      capabilities: { budget: { requests: 5, perMs: 10_000 } },
      credentialKey: (_, { chat }) => `key of ${chat}`,
      budgetKey: ({ chat }) => `budget of ${chat}`,
    });
    for (let batch = 0; batch < 10; batch += 1) {
      const sessions = Array.from({ length: 1_000 }, (_, chat) =>
        (tenants[chat % 3] ?? tenants[0]).typing.keep('chat', { chat: `${batch} ${chat}` }),
      );
      await clock.advance(2_000);
      for (const session of sessions) void session.stop();
      await clock.advance(130_000);
    }
    // A gate that still knows of one looks again.
    expect(clock.pendingTimers).toBe(0);
    // The `Typing`s, and with them the gate, are still there.
    await expect(tenants[0].typing.send('chat', alice)).resolves.toMatchObject({
      status: 'accepted',
    });
    await clock.advance(200_000);
    expect(clock.pendingTimers).toBe(0);
  });

  test('keeps a suspension and a held budget, however long nobody types', async () => {
    const { tenants, clock } = threeTenants();
    const [first, second] = tenants;
    first.typing.rateLimited('chat', alice, { retryAfterMs: 600_000 });
    await clock.advance(590_000);
    await expect(second.typing.send('chat', alice)).rejects.toMatchObject({ code: 'rate-limited' });
    await clock.advance(20_000);
    await expect(second.typing.send('chat', alice)).resolves.toMatchObject({ status: 'accepted' });
  });

  const account: GateAccount = {
    channel: 'chat',
    provider: 'fake',
    credential: 'fake key',
    budgetKey: undefined,
    budget: { requests: 30, perMs: 60_000 },
  };

  function conversation(key: string): GateConversation {
    const times = { nextStartAtMs: 0, sentAtMs: 0, visibleUntilMs: 0, resumeAtMs: 0 };
    return { key, target: alice, account, holders: 1, ...times };
  }

  function connected(gate: Gate = memoryGate()) {
    const clock = virtualClock();
    const woken: string[] = [];
    const connection = gate.connect({
      clock,
      random: () => 0,
      setTimer: (run, afterMs) => clock.setTimer(run, afterMs),
      wake: ({ key }) => void woken.push(key),
      unheld: () => {},
      messageSent: () => {},
      adopt: () => false,
      suspended: () => {},
      resumed: () => {},
    });
    const ask = (of: GateConversation, use: 'start' | 'refresh' = 'start') => {
      const verdict = connection.admit(of, use, clock.now());
      if ('then' in verdict) throw new Error('the gate in memory answers at once');
      return verdict;
    };
    const admission = (of: GateConversation): unknown => {
      const verdict = ask(of);
      if (verdict.verdict !== 'go') throw new Error('it should be admitted');
      return verdict.admission;
    };
    return { clock, connection, woken, ask, admission };
  }

  test('takes an admission back that was not sent, and gives what it cost to the next', async () => {
    const { clock, connection, ask, admission } = connected();
    const chat = conversation('a');
    connection.joined(chat);
    connection.report(chat, admission(chat), 'accepted');
    const admissions = Array.from({ length: 29 }, () => admission(chat));
    expect(ask(chat)).toMatchObject({ verdict: 'wait', by: 'budget' });
    connection.report(chat, admissions[7], 'unsent');
    expect(ask(chat)).toMatchObject({ verdict: 'go' });
    expect(ask(chat)).toMatchObject({ verdict: 'wait', by: 'budget' });
    await clock.advance(60_001);
    expect(ask(chat)).toMatchObject({ verdict: 'go' });
  });

  test('gives the budget back at the time at which it was spent', async () => {
    const { clock, connection, ask, admission } = connected();
    const chat = conversation('a');
    connection.joined(chat);
    connection.report(chat, admission(chat), 'accepted');
    await clock.advance(50_000);
    const late = Array.from({ length: 29 }, () => admission(chat));
    connection.report(chat, late[0], 'unsent');
    expect(ask(chat)).toMatchObject({ verdict: 'go' });
    // What was spent first is free after a minute, and nothing else.
    await clock.advance(10_001);
    expect(ask(chat)).toMatchObject({ verdict: 'go' });
    expect(ask(chat)).toMatchObject({ verdict: 'wait', by: 'budget' });
  });

  test.for(['unsent', 'unanswered'] as const)(
    'gives the probe to the next in turn where the one that had it is %s',
    async (outcome) => {
      const { clock, connection, woken, ask, admission } = connected();
      const [prober, next] = [conversation('prober'), conversation('next')];
      for (const each of [prober, next]) connection.joined(each);
      const probe = admission(prober);
      expect(ask(next)).toEqual({ verdict: 'wait', by: 'credential' });
      connection.report(prober, probe, outcome);
      await clock.advance(10);
      expect(woken).toEqual(['next']);
      expect(ask(next)).toMatchObject({ verdict: 'go' });
      expect(ask(prober)).toEqual({ verdict: 'wait', by: 'credential' });
    },
  );

  test('gives the probe of a suspended credential back, too', async () => {
    const { clock, connection, woken, ask, admission } = connected();
    const [prober, next] = [conversation('prober'), conversation('next')];
    for (const each of [prober, next]) connection.joined(each);
    const error = new TypingError({ code: 'unauthenticated', reason: 'the key has expired' });
    connection.report(prober, admission(prober), error);
    expect(ask(next)).toEqual({ verdict: 'wait', by: 'credential' });
    await clock.advance(1_000);
    expect(woken).toContain('next');
    connection.report(next, admission(next), 'unsent');
    await clock.advance(10);
    expect(connection.pauseOf(account, clock.now())).toMatchObject({ by: 'credential' });
    connection.report(prober, admission(prober), 'accepted');
    expect(connection.pauseOf(account, clock.now())).toBeUndefined();
  });
});
