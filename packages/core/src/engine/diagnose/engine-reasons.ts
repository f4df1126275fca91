import type { DiagnosisReason } from '../../contract/diagnosis.ts';
import type { Account } from '../channel/ask-provider.ts';
import type { ChannelContext } from '../channel/channel-context.ts';
import { circuitCoolDownMs } from '../limits/policy.ts';

/** A conversation, and what is known of it without asking anybody. */
export interface Examined {
  readonly context: ChannelContext;
  readonly target: unknown;
  readonly account: Account;
  /** Whether its circuit is open. */
  readonly isResting: boolean;
}

/** What keeps the engine itself from starting an indicator now. */
export interface EngineReasons {
  readonly reasons: readonly DiagnosisReason[];
  /** Whether nothing at all may be sent now: not even a question. */
  readonly isMute: boolean;
}

export function engineReasons(examined: Examined): EngineReasons {
  const mute = reasonsToBeMute(examined);
  if (mute.length > 0) return { reasons: mute, isMute: true };
  return { reasons: reasonsToRest(examined), isMute: false };
}

function reasonsToBeMute({ account, context, target }: Examined): DiagnosisReason[] {
  const effect = 'hides';
  const nowMs = context.nowMs();
  const reasons: DiagnosisReason[] = [];
  if (!context.isEnabled(target)) {
    const message = 'the `enabled` option switches typing off, so nothing is sent';
    const advice = 'Check the `enabled` option. The vendor was not asked.';
    reasons.push({ code: 'disabled', effect, message, advice });
  }
  const pause = context.gate.pauseOf(account, nowMs);
  const pausedForMs = pause ? pause.untilMs - nowMs : 0;
  if (pausedForMs <= 0) return reasons;
  if (pause?.by === 'credential') {
    const message = `the vendor refused this credential, so nothing is sent with it for another ${seconds(pausedForMs)}`;
    const advice = 'Renew the key. The vendor was not asked.';
    reasons.push({ code: 'suspended', effect, message, advice });
  }
  if (pause?.by === 'rate-limit') {
    const message = `the vendor's rate limit applies for another ${seconds(pausedForMs)}`;
    const advice = 'Wait, and send less. The vendor was not asked.';
    reasons.push({ code: 'paused', effect, message, advice });
  }
  return reasons;
}

function reasonsToRest({ account, context, isResting }: Examined): DiagnosisReason[] {
  const reasons: DiagnosisReason[] = [];
  const nowMs = context.nowMs();
  const pause = context.gate.pauseOf(account, nowMs);
  const pausedForMs = pause ? pause.untilMs - nowMs : 0;
  if (pause?.by === 'budget' && pausedForMs > 0) {
    const message = `the budget for typing is spent for another ${seconds(pausedForMs)}`;
    const advice = 'Wait, or type in fewer conversations at a time.';
    reasons.push({ code: 'paused', effect: 'hides', message, advice });
  }
  if (pause?.by === 'gate' && pausedForMs > 0) {
    const message = `the gate allows no start for another ${seconds(pausedForMs)}`;
    const advice = 'Check the `gate` option.';
    reasons.push({ code: 'paused', effect: 'hides', message, advice });
  }
  if (isResting) {
    const message = `the last starts in this conversation failed, so its sessions pause for up to ${seconds(circuitCoolDownMs)}`;
    const advice = 'Wait. The `failed` events say why.';
    // A `send` goes out all the same.
    reasons.push({ code: 'paused', effect: 'may-hide', message, advice });
  }
  return reasons;
}

function seconds(ms: number): string {
  return `${Math.ceil(ms / 1_000)} s`;
}
