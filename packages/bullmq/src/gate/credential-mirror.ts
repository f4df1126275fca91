import type { GateConversation, Pause } from '@typingkit/core';

/** What this process knows of a credential: Redis knows better, but `diagnose` cannot wait for it. */
export class CredentialMirror {
  readonly tag: string;
  /** Until when it is suspended; in the past where it is not, or where nobody has found out. */
  suspendedUntilMs: number = -Infinity;
  isSuspended = false;
  /** Until when the vendor wants no requests, by budget. */
  readonly heldUntilMs: Map<string, number> = new Map();
  /** Until when a budget is spent. */
  readonly spentUntilMs: Map<string, number> = new Map();
  /** How many conversations of this process are on each budget. */
  readonly conversations: Map<string, number> = new Map();
  /** Those that are to ask again when it is good, or worth trying. */
  readonly waiting: Set<GateConversation> = new Set();
  /** The time at which the first of them is to ask again has its timer. */
  alarm: { readonly atMs: number; cancel(): void } | undefined;

  constructor(tag: string) {
    this.tag = tag;
  }

  pauseOf(budget: string, nowMs: number): Pause | undefined {
    if (this.isSuspended) return { by: 'credential', untilMs: this.suspendedUntilMs };
    const heldMs = this.heldUntilMs.get(budget) ?? -Infinity;
    if (heldMs > nowMs) return { by: 'rate-limit', untilMs: heldMs };
    const spentMs = this.spentUntilMs.get(budget) ?? -Infinity;
    return spentMs > nowMs ? { by: 'budget', untilMs: spentMs } : undefined;
  }

  count(budget: string, by: 1 | -1): void {
    this.conversations.set(budget, Math.max(0, (this.conversations.get(budget) ?? 0) + by));
  }
}
