import type { Pause, PausedBy } from '../../api/pause.ts';
import type { RateLimitScope } from '../../contract/typing-error.ts';
import type { Clock } from '../../time/clock.ts';
import { ignored } from '../ignored.ts';
import type {
  ConnectedGate,
  GateAccount,
  GateConversation,
  StartOutcome,
  StartUse,
  StopVerdict,
  Verdict,
} from './gate.ts';

/** That a gate has failed, or said something that means nothing. */
export const silent = 'silent';
export type Silent = typeof silent;

/** A gate that may throw, reject and answer whatever it likes: what comes back from here is what it should be. */
export class TrustedGate {
  readonly #gate: ConnectedGate;
  readonly #onClose: () => void;

  constructor(gate: ConnectedGate, onClose: () => void) {
    this.#gate = gate;
    this.#onClose = onClose;
  }

  joined(conversation: GateConversation): void {
    quietly(() => this.#gate.joined(conversation));
  }

  left(conversation: GateConversation): void {
    quietly(() => this.#gate.left(conversation));
  }

  forgotten(conversation: GateConversation): void {
    quietly(() => this.#gate.forgotten(conversation));
  }

  /** A promise of it never rejects. */
  admit(
    conversation: GateConversation,
    use: StartUse,
    nowMs: number,
  ): Verdict | Silent | Promise<Verdict | Silent> {
    try {
      const verdict = this.#gate.admit(conversation, use, nowMs);
      return isThenable(verdict)
        ? settle(verdict, isVerdict)
        : isVerdict(verdict)
          ? verdict
          : silent;
    } catch {
      return silent;
    }
  }

  report(conversation: GateConversation, admission: unknown, outcome: StartOutcome): void {
    try {
      const result: unknown = this.#gate.report(conversation, admission, outcome);
      if (isThenable(result)) void settle(result, isAnything);
    } catch {
      // It has no part in what was decided.
    }
  }

  /** A promise of it never rejects. */
  beforeStop(conversation: GateConversation): StopVerdict | Silent | Promise<StopVerdict | Silent> {
    try {
      const verdict = this.#gate.beforeStop(conversation);
      return isThenable(verdict)
        ? settle(verdict, isStopVerdict)
        : isStopVerdict(verdict)
          ? verdict
          : silent;
    } catch {
      return silent;
    }
  }

  rateLimited(account: GateAccount, forMs: number, scope: RateLimitScope): void {
    quietly(() => this.#gate.rateLimited(account, forMs, scope));
  }

  paceMs(conversation: GateConversation): number {
    try {
      const ms: unknown = this.#gate.paceMs(conversation);
      ignored(ms);
      return typeof ms === 'number' && ms > 0 && ms < Infinity ? ms : 0;
    } catch {
      return 0;
    }
  }

  nameSession(conversation: GateConversation): string | undefined {
    try {
      const name: unknown = this.#gate.nameSession?.(conversation);
      ignored(name);
      return typeof name === 'string' ? name : undefined;
    } catch {
      return undefined;
    }
  }

  pauseOf(account: GateAccount, nowMs: number): Pause | undefined {
    try {
      const pause: unknown = this.#gate.pauseOf(account, nowMs);
      ignored(pause);
      return pauseIn(pause);
    } catch {
      return undefined;
    }
  }

  close(): void {
    quietly(() => this.#gate.close());
    this.#onClose();
  }
}

/** The answer, or that there was none in time. What comes later is for the caller to undo. */
export function inTime<Answer>(
  clock: Clock,
  answer: Promise<Answer>,
  withinMs: number,
): Promise<Answer | Silent> {
  return new Promise((resolve) => {
    const timer = clock.setTimer(() => resolve(silent), withinMs);
    void answer.then((given) => {
      timer.cancel();
      resolve(given);
    });
  });
}

export function isThenable(value: unknown): value is PromiseLike<unknown> {
  return typeof value === 'object' && value !== null && 'then' in value;
}

async function settle<Answer>(
  answer: PromiseLike<unknown>,
  isAnswer: (answer: unknown) => answer is Answer,
): Promise<Answer | Silent> {
  try {
    const settled = await answer;
    return isAnswer(settled) ? settled : silent;
  } catch {
    return silent;
  }
}

function quietly(tell: () => unknown): void {
  try {
    const result = tell();
    if (isThenable(result)) void settle(result, isAnything);
  } catch {
    // It has no part in what was decided.
  }
}

function isAnything(answer: unknown): answer is unknown {
  return answer !== silent;
}

function isVerdict(answer: unknown): answer is Verdict {
  if (typeof answer !== 'object' || answer === null || !('verdict' in answer)) return false;
  switch (answer.verdict) {
    case 'go':
    case 'unheld':
    case 'elsewhere':
      return true;
    case 'wait':
      return (
        'by' in answer &&
        isPausedBy(answer.by) &&
        (!('forMs' in answer) || answer.forMs === undefined || isSpan(answer.forMs))
      );
    case 'shown':
      return 'visibleForMs' in answer && isSpan(answer.visibleForMs);
    default:
      return false;
  }
}

function isStopVerdict(answer: unknown): answer is StopVerdict {
  return answer === 'stop' || answer === 'raise' || answer === 'cleared' || answer === 'elsewhere';
}

/** Read once: it may have getters. */
function pauseIn(answer: unknown): Pause | undefined {
  if (typeof answer !== 'object' || answer === null) return undefined;
  if (!('by' in answer) || !('untilMs' in answer)) return undefined;
  const { by, untilMs } = answer;
  return isPausedBy(by) && typeof untilMs === 'number' && !Number.isNaN(untilMs)
    ? { by, untilMs: Math.ceil(untilMs) }
    : undefined;
}

const reasonsToPause: ReadonlySet<unknown> = new Set<PausedBy>([
  'budget',
  'rate-limit',
  'credential',
  'circuit',
  'gate',
]);

function isPausedBy(by: unknown): by is PausedBy {
  return reasonsToPause.has(by);
}

function isSpan(ms: unknown): boolean {
  return typeof ms === 'number' && ms >= 0;
}
