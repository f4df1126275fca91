import { TypingError } from '../../contract/typing-error.ts';
import { checkDuration } from '../../input/duration.ts';
import { abortReasonOf } from '../../time/abort-reason.ts';
import type { Clock } from '../../time/clock.ts';
import { type Deadline, openDeadline } from '../../time/deadline.ts';

const defaultTimeoutMs = 10_000;

/** How long a caller is willing to wait. */
export interface CallLimits {
  readonly signal?: AbortSignal | undefined;
  readonly timeoutMs?: number | undefined;
}

/** The deadline of one call. */
export interface CallDeadline {
  readonly deadline: Deadline;
  /** Whether its own time ran out, and nobody gave it up before. */
  readonly isLate: () => boolean;
}

/**
 * Begins a call within what its caller allows.
 *
 * @throws TypingError `misconfigured`; or `signal.reason`, where that is aborted already.
 */
export function openCallDeadline(clock: Clock, limits: CallLimits): CallDeadline {
  const { signal } = limits;
  // The signal of a library may have no `throwIfAborted`.
  if (signal?.aborted) throw abortReasonOf(signal);
  const timeoutMs = checkDuration('timeoutMs', limits.timeoutMs ?? defaultTimeoutMs);
  let late: TypingError | undefined;
  const deadline = openDeadline(
    clock,
    timeoutMs,
    () => (late = new TypingError({ code: 'timeout', reason: `no answer within ${timeoutMs} ms` })),
    signal,
  );
  return { deadline, isLate: () => late !== undefined && deadline.reason === late };
}
