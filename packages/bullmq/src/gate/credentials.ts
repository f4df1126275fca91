import type { GateAccount, GateEngine, Pause, RateLimitScope, Verdict } from '@typingkit/core';
import { budgetNameOf } from '../keys.ts';
import type { Reach } from '../reach.ts';
import { census } from '../scripts/census.ts';
import { hold } from '../scripts/hold.ts';
import { judge, type JudgeGiven } from '../scripts/judge.ts';
import { CredentialMirror } from './credential-mirror.ts';
import type { Errands } from './errands.ts';
import type { Held } from './held.ts';
import { type HeldTable, tagOfAccount } from './held-table.ts';

/** How far apart those are woken that waited for a credential, and over how much time at the most, in milliseconds. */
const apartMs = 5;
const longestSpreadMs = 5_000;
/** How long after a budget was spent processes go on to count what they have on it, in milliseconds. */
const contestedMs = 60_000;
/** How long a count of another process is believed, in milliseconds: several of its beats. */
const countedMs = 30_000;

const inTurn: Verdict = { verdict: 'wait', by: 'credential' };

/** What limits the starts of a credential, as far as this process knows it: who waits for it, and until when. */
export class Credentials {
  readonly #reach: Reach;
  readonly #engine: GateEngine;
  readonly #table: HeldTable;
  readonly #errands: Errands;
  readonly #mirrors = new Map<string, CredentialMirror>();

  constructor(reach: Reach, engine: GateEngine, table: HeldTable, errands: Errands) {
    this.#reach = reach;
    this.#engine = engine;
    this.#table = table;
    this.#errands = errands;
  }

  mirror(tag: string): CredentialMirror {
    let mirror = this.#mirrors.get(tag);
    if (!mirror) {
      mirror = new CredentialMirror(tag);
      this.#mirrors.set(tag, mirror);
      void this.#reach.hints.listen(this.#reach.keys.about(tag));
    }
    return mirror;
  }

  pauseOf(account: GateAccount, nowMs: number): Pause | undefined {
    const mirror = this.#mirrors.get(tagOfAccount(account));
    return mirror?.pauseOf(budgetNameOf(account.budgetKey), nowMs);
  }

  /** Nothing may go out for a while. */
  rest(account: GateAccount, forMs: number, scope: RateLimitScope): void {
    const { keys, link } = this.#reach;
    const tag = tagOfAccount(account);
    const mirror = this.mirror(tag);
    const isWhole = scope === 'credential';
    const untilMs = this.#engine.clock.now() + forMs;
    const resting = isWhole ? mirror : mirror.budget(budgetNameOf(account.budgetKey));
    resting.restUntilMs = Math.max(resting.restUntilMs, untilMs);
    const budget = isWhole ? undefined : budgetNameOf(account.budgetKey);
    const credentialKey = keys.credential(tag);
    void this.#errands.quietly(link.run(hold, { nowMs: 0, credentialKey, budget, forMs }));
  }

  /** Redis has said that a start has to wait. */
  noteWait(held: Held, by: 'budget' | 'rate-limit', forMs: number): void {
    const budget = this.mirror(held.tag).budget(held.budget);
    const nowMs = this.#engine.clock.now();
    if (by === 'rate-limit') budget.restUntilMs = nowMs + forMs;
    else {
      budget.spentUntilMs = nowMs + forMs;
      budget.contestedAtMs = nowMs;
    }
  }

  /** How often a conversation may refresh at the most, where those of all processes share a budget, in milliseconds. */
  paceMs(account: GateAccount): number {
    const { budget } = account;
    if (!budget) return 0;
    const mirror = this.#mirrors.get(tagOfAccount(account));
    const { own = 0, all = 0 } = mirror?.budgets.get(budgetNameOf(account.budgetKey)) ?? {};
    const spare = Math.floor(budget.requests / 4);
    return (Math.max(own, all) * budget.perMs) / (budget.requests - spare);
  }

  /** Says how many conversations are here on each budget that was spent lately, and hears how many there are elsewhere. */
  count(): void {
    const { keys, link, process } = this.#reach;
    const nowMs = this.#engine.clock.now();
    for (const { budgets, tag } of this.#mirrors.values()) {
      for (const [name, budget] of budgets) {
        if (nowMs - budget.contestedAtMs > contestedMs) {
          budget.all = 0;
          continue;
        }
        const countsKey = keys.counts(tag, name);
        const given = { nowMs: 0, countsKey, process, count: budget.own, forMs: countedMs };
        const counted = link.run(census, given).then((all) => void (budget.all = all));
        void this.#errands.quietly(counted);
      }
    }
  }

  /** A start has to wait until the credential is worth trying: in turn, where it can wait. */
  queue(held: Held, canWait: boolean, forMs: number): Verdict {
    if (!canWait) return { verdict: 'wait', by: 'credential', forMs };
    const mirror = this.mirror(held.tag);
    mirror.waiting.add(held.known);
    this.#setAlarm(mirror, forMs);
    return inTurn;
  }

  judge(account: GateAccount, tag: string, verdict: JudgeGiven['verdict'], probe: string): void {
    const { hints, keys, link, process } = this.#reach;
    const given = { nowMs: 0, credentialKey: keys.credential(tag), verdict, probe };
    const judged = link.run(judge, given).then((reply) => {
      if (reply.says === 'nothing') return;
      if (reply.says === 'again') {
        this.#setAlarm(this.mirror(tag), reply.forMs);
        return;
      }
      const forMs = reply.says === 'suspended' ? reply.forMs : 0;
      this.heed(tag, reply.says, forMs, account);
      hints.tell(keys.about(tag), {
        hint: 'credential',
        tag,
        from: process,
        says: reply.says,
        forMs,
      });
    });
    void this.#errands.quietly(judged);
  }

  /** Does what follows from what somebody has found out about a credential. */
  heed(
    tag: string,
    says: 'suspended' | 'resumed' | 'proved',
    forMs: number,
    account: GateAccount | undefined = this.#table.someOn(tag)?.known.account,
  ): void {
    const mirror = this.mirror(tag);
    if (says === 'suspended') {
      mirror.isSuspended = true;
      mirror.suspendedUntilMs = this.#engine.clock.now() + forMs;
      mirror.alarm?.cancel();
      mirror.alarm = undefined;
      if (mirror.waiting.size > 0) this.#setAlarm(mirror, forMs);
      if (account) this.#engine.suspended(account, forMs);
      return;
    }
    const wasSuspended = mirror.isSuspended;
    mirror.isSuspended = false;
    mirror.suspendedUntilMs = -Infinity;
    if (wasSuspended && account) this.#engine.resumed(account);
    const waiting = [...mirror.waiting];
    mirror.waiting.clear();
    // A vendor that has just come back is not to be stormed.
    waiting.forEach((conversation, place) =>
      this.#engine.wake(
        conversation,
        Math.min(place * (wasSuspended ? apartMs : 1), longestSpreadMs),
      ),
    );
  }

  close(): void {
    for (const { alarm } of this.#mirrors.values()) alarm?.cancel();
  }

  /** Lets one of those that wait for a credential ask again, and the next one a second later. */
  #setAlarm(mirror: CredentialMirror, afterMs: number): void {
    const atMs = this.#engine.clock.now() + afterMs;
    if (mirror.alarm && mirror.alarm.atMs <= atMs) return;
    mirror.alarm?.cancel();
    const timer = this.#engine.setTimer(() => {
      mirror.alarm = undefined;
      const [next] = mirror.waiting;
      if (!next) return;
      mirror.waiting.delete(next);
      this.#engine.wake(next, 0);
      if (mirror.waiting.size > 0) this.#setAlarm(mirror, 1_000);
    }, afterMs);
    mirror.alarm = { atMs, cancel: () => timer.cancel() };
  }
}
