import type { GateConversation, Pause } from '@typingkit/core';

/** What this process knows of a budget. Times are on the clock of the engine. */
export interface BudgetMirror {
  /** Until when the vendor wants no requests on it. */
  restUntilMs: number;
  /** Until when it is spent. */
  spentUntilMs: number;
  /** When it was spent last: as long as that is not long ago, processes count what they have on it. */
  contestedAtMs: number;
  /** How many conversations of this process are on it, and how many of all processes, as far as it has heard. */
  own: number;
  all: number;
}

/** What this process knows of a credential: Redis knows better, but `diagnose` cannot wait for it. */
export class CredentialMirror {
  readonly tag: string;
  /** Until when it is suspended; in the past where it is not, or where nobody has found out. */
  suspendedUntilMs: number = -Infinity;
  isSuspended = false;
  /** Until when the vendor wants no requests at all with it. */
  restUntilMs: number = -Infinity;
  readonly budgets: Map<string, BudgetMirror> = new Map();
  /** Those that are to ask again when it is good, or worth trying. */
  readonly waiting: Set<GateConversation> = new Set();
  /** The time at which the first of them is to ask again has its timer. */
  alarm: { readonly atMs: number; cancel(): void } | undefined;

  constructor(tag: string) {
    this.tag = tag;
  }

  budget(name: string): BudgetMirror {
    let budget = this.budgets.get(name);
    if (!budget) {
      const longAgoMs = -Infinity;
      budget = {
        restUntilMs: longAgoMs,
        spentUntilMs: longAgoMs,
        contestedAtMs: longAgoMs,
        own: 0,
        all: 0,
      };
      this.budgets.set(name, budget);
    }
    return budget;
  }

  /** For how long nothing may go out on a budget, in milliseconds, as far as this process knows. */
  restMs(name: string, nowMs: number): number {
    const own = this.budgets.get(name)?.restUntilMs ?? -Infinity;
    return Math.max(own, this.restUntilMs) - nowMs;
  }

  pauseOf(name: string, nowMs: number): Pause | undefined {
    if (this.isSuspended) return { by: 'credential', untilMs: this.suspendedUntilMs };
    const restMs = this.restMs(name, nowMs);
    if (restMs > 0) return { by: 'rate-limit', untilMs: nowMs + restMs };
    const spentMs = this.budgets.get(name)?.spentUntilMs ?? -Infinity;
    return spentMs > nowMs ? { by: 'budget', untilMs: spentMs } : undefined;
  }

  count(name: string, by: 1 | -1): void {
    const budget = this.budget(name);
    budget.own = Math.max(0, budget.own + by);
    // Telegram has a budget for each chat.
    const isIdle = budget.own === 0 && budget.contestedAtMs === -Infinity;
    if (isIdle && budget.restUntilMs === -Infinity) this.budgets.delete(name);
  }
}
