import { getEventListeners } from 'node:events';
import { type Callers, callersOn, follow } from './callers.ts';
import type { Schedule } from './schedule.ts';
import { newStage, type Stage } from './stage.ts';
import type { Story } from './story.ts';

/** Longer than any answer, lifetime, suspension or circuit of a schedule. */
const everythingSettlesMs = 400_000;
/** Longer than any `settleMs` of a schedule, and than both attempts of a stop. */
const everyStopIsOutMs = 11_000;
/** Longer than a circuit, a `Retry-After` and most suspensions; shorter than the idle timeout of most sessions. */
const recoveryMs = 118_000;
/** Longer than any schedule can last. */
const tooLongMs = 10_000_000;

/** Plays one schedule, and tells what happened. */
export async function play(schedule: Schedule): Promise<Story> {
  const stage = newStage(schedule);
  const { story, now } = stage;
  const callers = callersOn(stage);
  const onUnhandled = (error: unknown): void => void story.unhandled.push(error);
  process.on('unhandledRejection', onUnhandled);
  try {
    for (const step of schedule.steps) {
      // What takes no time happens in one turn with what follows.
      const passing = callers.take(step);
      if (passing) await passing;
      const isAsleep = step.do === 'advance' && isQuiet(stage);
      // One timer for all that is to be done later is enough.
      const { pendingTimers, refTimers } = story.clock;
      if (isAsleep && (refTimers > 0 || pendingTimers > 1)) story.wakeful.push(now());
    }
    await end(schedule, stage, callers);
  } finally {
    process.off('unhandledRejection', onUnhandled);
  }
  return story;
}

/** Whether nobody waits for anything, and nothing is about to be tried again. */
function isQuiet({ story, background }: Stage): boolean {
  const { wire, calls, works, sessions, close } = story;
  const replies = [...calls, ...works].map(({ reply }) => reply);
  return (
    background.size === 0 &&
    !close &&
    [...replies, ...sessions.flatMap(({ stops }) => stops)].every(({ settled }) => settled) &&
    wire.every(({ kind, settled, aborted, learned }) => {
      // The first attempt of a send that sessions have joined: the second one is for them.
      if (kind === 'start' && !learned && !aborted && settled?.outcome !== 'accepted') return false;
      const mayTryAgain = kind === 'stop' && settled?.outcome !== 'accepted';
      const over = aborted ?? settled;
      return over && (!mayTryAgain || over.atMs + everyStopIsOutMs < story.clock.now());
    })
  );
}

async function end(schedule: Schedule, stage: Stage, callers: Callers): Promise<void> {
  const { story, now, recover } = stage;
  const { clock, sessions } = story;
  recover();
  if (schedule.recovers && !story.close) {
    const from = now();
    callers.touchAll();
    await clock.advance(recoveryMs);
    story.recovered = { from, to: now() };
  }
  if (schedule.ending === 'close') callers.close(2_000);
  if (schedule.ending === 'everybody stops') {
    callers.stopAll();
    // A session that came with its work in the same turn has no handle yet; work stops the others.
    await clock.advance(everyStopIsOutMs);
    if (sessions.every(({ ended }) => ended)) {
      await clock.advance(everyStopIsOutMs);
      story.calm = now();
    }
  }
  while (sessions.some(({ ended }) => !ended) && clock.now() < tooLongMs) {
    await clock.advance(60_000);
  }
  await clock.advance(everythingSettlesMs);
  for (const session of sessions) {
    if (session.handle) session.closed ??= follow(session.handle.closed, now);
  }
  await clock.advance(0);
  story.leftOver = {
    timers: clock.pendingTimers,
    listeners: stage.signals.flatMap(({ signal }) => getEventListeners(signal, 'abort')).length,
    sessions: stage.typing.sessions().length,
    background: stage.background.size,
  };
}
