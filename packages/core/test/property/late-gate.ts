import type { ConnectedGate, Gate, GateConversation, StartUse, Verdict } from '@typingkit/core';
import { chanceFrom } from './chance.ts';
import type { Admission } from './story.ts';
import type { LeapingClock } from './leaping-clock.ts';

/** How long a gate may think before it is taken for silent. */
const patienceMs = 1_000;

/**
 * A gate that decides as another one does, but only after a while: most answers take up to 300 ms and overtake each other,
 * some come too late, some are an error, some never come.
 */
export function lateGate(
  gate: Gate,
  clock: LeapingClock,
  seed: number,
  admissions: Admission[],
): Gate {
  const chance = chanceFrom(seed);
  const after = (ms: number): Promise<void> =>
    new Promise((resolve) => {
      clock.setWorldTimer(resolve, ms);
    });

  async function late<Answer>(decide: () => Answer): Promise<Answer> {
    const luck = chance();
    if (luck < 0.02) return new Promise<Answer>(() => {});
    await after(luck < 0.06 ? patienceMs + chance() * 2_000 : chance() * 300);
    if (luck > 0.97) throw new Error('the gate is away');
    return decide();
  }

  return {
    connect(engine) {
      const inner = gate.connect(engine);
      const admit = (conversation: GateConversation, use: StartUse): Verdict => {
        // Whoever has left meanwhile does not queue.
        const isGone = use !== 'once' && use !== 'retry' && conversation.holders === 0;
        const verdict: Verdict | PromiseLike<Verdict> = isGone
          ? { verdict: 'unheld' }
          : inner.admit(conversation, use, Math.ceil(clock.now()));
        if ('then' in verdict) throw new Error('the gate in memory answers at once');
        if (verdict.verdict !== 'go') return verdict;
        const admission: Admission = { inner: verdict.admission, reports: 0 };
        admissions.push(admission);
        return { verdict: 'go', admission };
      };
      const connected: ConnectedGate = {
        joined: (conversation) => inner.joined(conversation),
        left: (conversation) => inner.left(conversation),
        forgotten: (conversation) => inner.forgotten(conversation),
        admit: (conversation, use) => late(() => admit(conversation, use)),
        report(conversation, given, outcome) {
          // It is one of those that were given out.
          const admission = given as Admission;
          admission.reports += 1;
          inner.report(conversation, admission.inner, outcome);
        },
        // One that stops late lets the bubble stay up, as it should where another process may have it.
        beforeStop: (conversation) => inner.beforeStop(conversation),
        rateLimited: (...given) => inner.rateLimited(...given),
        paceMs: (conversation) => inner.paceMs(conversation),
        pauseOf: (account, nowMs) => inner.pauseOf(account, nowMs),
        close: () => inner.close(),
      };
      return connected;
    },
  };
}
