import type { Pause, PausedBy } from '../../api/pause.ts';
import type { RateLimitScope } from '../../contract/typing-error.ts';
import type { Clock, Timer } from '../../time/clock.ts';
import { Budget } from './budget.ts';
import { Credential, type Probe } from './credential.ts';
import type {
  ConnectedGate,
  Gate,
  GateAccount,
  GateConversation,
  GateEngine,
  StartOutcome,
  StartUse,
  StopVerdict,
  Verdict,
} from './gate.ts';
import { forgetAfterMs } from './policy.ts';

/**
 * The gate that `createTyping` makes for itself: budgets and suspended credentials, in memory. Give one to several
 * `createTyping`s, and their conversations share what their credentials allow, wherever `credentialKey` is the same. All
 * of them must have the same clock.
 *
 * @example
 * const gate = memoryGate();
 * const tenants = keys.map((apiKey) => createTyping({ channels: { linkedin: connectSafely({ apiKey }) }, gate }));
 */
export function memoryGate(): Gate {
  return new MemoryGate();
}

/** What is known of one credential, and of its budgets. */
interface CredentialEntry {
  /** Where it stands; `undefined` for a provider that does not name its credential. */
  readonly key: string | undefined;
  readonly credential: Credential<GateConversation>;
  readonly budgets: Map<string | undefined, BudgetEntry>;
  /** Until when nothing may go out on any of them; in the past where nobody said so. */
  heldUntilMs: number;
  /** Who is told of it: one account for each channel of each engine. */
  readonly audience: Map<string, Standing>;
}

interface BudgetEntry {
  readonly of: CredentialEntry;
  readonly key: string | undefined;
  readonly budget: Budget;
  isForgotten: boolean;
}

/** What an account stands on. */
interface Standing {
  readonly connection: Connection;
  readonly account: GateAccount;
  readonly entry: CredentialEntry;
  readonly at: BudgetEntry;
}

/** What an admission cost. */
interface Cost {
  readonly probe: Probe | undefined;
  readonly spentAtMs: number | undefined;
}

const freely: Verdict = { verdict: 'go' };
const inTurn: Verdict = { verdict: 'wait', by: 'credential' };

class MemoryGate implements Gate {
  readonly #named = new Map<string, CredentialEntry>();
  /** Those of providers that do not name them go with their provider. */
  readonly #nameless = new WeakMap<object, CredentialEntry>();
  readonly #connections = new Set<Connection>();
  /** An account belongs to one engine, and goes with it. */
  readonly #standings = new WeakMap<GateAccount, Standing>();
  readonly #alarms = new Map<CredentialEntry, Alarm>();
  /** Budgets on which nobody types, and since when; the longest first. */
  readonly #idle = new Map<BudgetEntry, number>();
  #sweep: Timer | undefined = undefined;
  #clock: Clock | undefined = undefined;
  #connected = 0;

  connect(engine: GateEngine): ConnectedGate {
    this.#clock ??= engine.clock;
    const connection = new Connection(this, engine, (this.#connected += 1));
    this.#connections.add(connection);
    return connection;
  }

  get nowMs(): number {
    return this.#clock?.now() ?? 0;
  }

  standingOf(connection: Connection, account: GateAccount): Standing {
    const known = this.#standings.get(account);
    if (known && !known.at.isForgotten) return known;
    const entry = this.#entryOf(account);
    let at = entry.budgets.get(account.budgetKey);
    if (!at) {
      const { budget: limit, budgetKey: key } = account;
      at = { of: entry, key, budget: new Budget(limit), isForgotten: false };
      entry.budgets.set(key, at);
      this.rest(at);
    }
    const standing: Standing = { connection, account, entry, at };
    entry.audience.set(`${connection.id} ${account.channel}`, standing);
    connection.entries.add(entry);
    this.#standings.set(account, standing);
    return standing;
  }

  /** Somebody types on a budget. */
  use(at: BudgetEntry): void {
    this.#idle.delete(at);
  }

  /** Nobody types on a budget any more, or only once. */
  rest(at: BudgetEntry): void {
    if (at.budget.conversations > 0 || isEternal(at)) return;
    this.#idle.delete(at);
    this.#idle.set(at, this.nowMs);
    this.#sweep ??= this.#anyEngine()?.setTimer(() => this.#forgetIdle(), forgetAfterMs);
  }

  disconnect(connection: Connection): void {
    this.#connections.delete(connection);
    for (const { audience } of connection.entries) {
      for (const [name, standing] of audience) {
        if (standing.connection === connection) audience.delete(name);
      }
    }
    // Its timers end with it; whoever is left wakes those that still wait.
    this.#sweep?.cancel();
    this.#sweep = undefined;
    if (this.#idle.size > 0) {
      this.#sweep = this.#anyEngine()?.setTimer(() => this.#forgetIdle(), forgetAfterMs);
    }
    // A copy: what is set again while a map is gone through comes up again.
    for (const [entry, { atMs }] of new Map(this.#alarms)) this.#wakeAt(entry, atMs);
  }

  #entryOf({ credential: name }: GateAccount): CredentialEntry {
    const known = typeof name === 'string' ? this.#named.get(name) : this.#nameless.get(name);
    if (known) return known;
    const entry: CredentialEntry = {
      key: typeof name === 'string' ? name : undefined,
      credential: new Credential<GateConversation>({
        now: () => this.nowMs,
        wakeAt: (ms) => this.#wakeAt(entry, ms),
        wake: (conversation, afterMs) => {
          const standing = this.#standings.get(conversation.account);
          standing?.connection.engine.wake(conversation, afterMs);
        },
        suspended: (retryAfterMs) => {
          for (const { connection, account } of entry.audience.values()) {
            connection.engine.suspended(account, retryAfterMs);
          }
        },
        resumed: () => {
          for (const { connection, account } of entry.audience.values()) {
            connection.engine.resumed(account);
          }
        },
      }),
      budgets: new Map(),
      heldUntilMs: -Infinity,
      audience: new Map(),
    };
    if (typeof name === 'string') this.#named.set(name, entry);
    else this.#nameless.set(name, entry);
    return entry;
  }

  #anyEngine(): GateEngine | undefined {
    return this.#connections.values().next().value?.engine;
  }

  #wakeAt(entry: CredentialEntry, atMs: number | undefined): void {
    this.#alarms.get(entry)?.timer.cancel();
    this.#alarms.delete(entry);
    const engine = this.#anyEngine();
    if (atMs === undefined || !engine) return;
    const ring = (): void => {
      this.#alarms.delete(entry);
      entry.credential.onTimer();
    };
    const timer = engine.setTimer(ring, Math.max(0, atMs - this.nowMs));
    this.#alarms.set(entry, { atMs, timer });
  }

  #forgetIdle(): void {
    this.#sweep = undefined;
    const { nowMs } = this;
    for (const [at, sinceMs] of this.#idle) {
      if (sinceMs > nowMs - forgetAfterMs) break;
      this.#idle.delete(at);
      const { budget, of: entry } = at;
      const isLast = entry.key !== undefined && entry.budgets.size === 1;
      const isHeld = entry.heldUntilMs > nowMs;
      const mayGo =
        budget.isForgettable(nowMs) && !(isLast && (isHeld || !entry.credential.isForgettable));
      if (!mayGo) {
        this.#idle.set(at, nowMs);
        continue;
      }
      at.isForgotten = true;
      entry.budgets.delete(at.key);
      if (entry.key === undefined || !isLast) continue;
      this.#named.delete(entry.key);
      for (const { connection } of entry.audience.values()) connection.entries.delete(entry);
    }
    const [sinceMs] = this.#idle.values();
    if (sinceMs === undefined) return;
    const afterMs = Math.max(0, sinceMs + forgetAfterMs - nowMs);
    this.#sweep = this.#anyEngine()?.setTimer(() => this.#forgetIdle(), afterMs);
  }
}

interface Alarm {
  readonly atMs: number;
  readonly timer: Timer;
}

/** It goes with its provider. */
function isEternal({ of: entry, key }: BudgetEntry): boolean {
  return entry.key === undefined && key === undefined;
}

/** Until when the vendor, or the caller, wants no requests, on this budget or on any of the credential. */
function heldUntilMs({ budget, of: entry }: BudgetEntry): number {
  return Math.max(budget.heldUntilMs, entry.heldUntilMs);
}

/** One `Typing` at the gate. */
class Connection implements ConnectedGate {
  readonly id: number;
  readonly engine: GateEngine;
  /** The credentials of which it wants to hear. */
  readonly entries = new Set<CredentialEntry>();
  readonly #gate: MemoryGate;
  /** Mostly there is one account for a whole channel. */
  #latest: Standing | undefined = undefined;

  constructor(gate: MemoryGate, engine: GateEngine, id: number) {
    this.#gate = gate;
    this.engine = engine;
    this.id = id;
  }

  joined({ account }: GateConversation): void {
    const { at } = this.#standingOf(account);
    at.budget.conversations += 1;
    this.#gate.use(at);
  }

  left(conversation: GateConversation): void {
    const { at, entry } = this.#standingOf(conversation.account);
    at.budget.conversations -= 1;
    entry.credential.leave(conversation);
    this.#gate.rest(at);
  }

  forgotten(): void {}

  admit(conversation: GateConversation, use: StartUse, nowMs: number): Verdict {
    const { at, entry } = this.#standingOf(conversation.account);
    const { budget } = at;
    const { credential } = entry;
    const freeAtMs = Math.max(budget.freeAtMs(use === 'refresh'), entry.heldUntilMs);
    if (freeAtMs > nowMs) {
      const by: PausedBy = heldUntilMs(at) > nowMs ? 'rate-limit' : 'budget';
      return { verdict: 'wait', by, forMs: freeAtMs - nowMs };
    }
    let probe: Probe | undefined;
    if (!credential.isGood) {
      const isQueuing = use === 'start' || use === 'refresh';
      const admitted = isQueuing
        ? credential.admit(conversation)
        : credential.admitOnce(conversation);
      if (admitted === false) {
        if (isQueuing) return inTurn;
        const forMs = Math.max(0, credential.retryAtMs - nowMs);
        return { verdict: 'wait', by: 'credential', forMs };
      }
      if (admitted !== true) probe = admitted;
    }
    if (!isEternal(at) && budget.conversations === 0) this.#gate.rest(at);
    if (!budget.isLimited) return probe ? go({ probe, spentAtMs: undefined }) : freely;
    budget.spend(nowMs);
    return go({ probe, spentAtMs: nowMs });
  }

  report(conversation: GateConversation, admission: unknown, outcome: StartOutcome): void {
    const { at, entry } = this.#standingOf(conversation.account);
    const { credential } = entry;
    if (outcome === 'accepted' && credential.isGood) return;
    // What comes back is what `admit` gave.
    const { probe, spentAtMs } = (admission ?? noCost) as Cost;
    if (outcome === 'unsent' && spentAtMs !== undefined) at.budget.giveBack(spentAtMs);
    if (outcome === 'unsent' || outcome === 'unanswered') credential.giveUp(probe);
    else credential.report(conversation, probe, outcome === 'accepted' ? undefined : outcome.code);
  }

  beforeStop(): StopVerdict {
    return 'stop';
  }

  rateLimited(account: GateAccount, forMs: number, scope: RateLimitScope): void {
    const { at, entry } = this.#standingOf(account);
    const untilMs = this.#gate.nowMs + forMs;
    if (scope === 'credential') entry.heldUntilMs = Math.max(entry.heldUntilMs, untilMs);
    else at.budget.holdUntil(untilMs);
    this.#gate.rest(at);
  }

  paceMs({ account }: GateConversation): number {
    return this.#standingOf(account).at.budget.fairIntervalMs();
  }

  pauseOf(account: GateAccount, nowMs: number): Pause | undefined {
    const { at, entry } = this.#standingOf(account);
    const { credential } = entry;
    if (credential.isSuspended) return { by: 'credential', untilMs: credential.retryAtMs };
    const untilMs = heldUntilMs(at);
    if (untilMs > nowMs) return { by: 'rate-limit', untilMs };
    const freeAtMs = at.budget.freeAtMs(false);
    return freeAtMs > nowMs ? { by: 'budget', untilMs: freeAtMs } : undefined;
  }

  close(): void {
    this.#gate.disconnect(this);
  }

  #standingOf(account: GateAccount): Standing {
    const latest = this.#latest;
    if (latest?.account === account && !latest.at.isForgotten) return latest;
    this.#latest = this.#gate.standingOf(this, account);
    return this.#latest;
  }
}

const noCost: Cost = { probe: undefined, spentAtMs: undefined };

function go(admission: Cost): Verdict {
  return { verdict: 'go', admission };
}
