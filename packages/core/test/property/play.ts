import { getEventListeners } from 'node:events';
import type { TypingErrorCode } from '@typingkit/core';
import { canBeUp } from './bubble-on-screen.ts';
import { type Callers, callersOn, follow } from './callers.ts';
import type { Place, Schedule } from './schedule.ts';
import { type GateKind, newStage, type Stage } from './stage.ts';
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
export async function play(schedule: Schedule, gateKind: GateKind): Promise<Story> {
  const stage = newStage(schedule, gateKind);
  const { story, now } = stage;
  const callers = callersOn(stage);
  const onUnhandled = (error: unknown): void => void story.unhandled.push(error);
  process.on('unhandledRejection', onUnhandled);
  try {
    for (const step of schedule.steps) {
      // What takes no time happens in one turn with what follows.
      const passing = callers.take(step);
      if (passing) await passing;
      if (step.do !== 'advance') continue;
      const { pendingTimers, refTimers } = story.clock;
      const isHeldOpen = refTimers > 0 && isUnattended(stage);
      // One timer for all that is to be done later is enough.
      const isBusy = pendingTimers > 1 && isUnattended(stage) && isQuiet(stage);
      if (isHeldOpen || isBusy) story.wakeful.push(now());
    }
    await end(schedule, stage, callers);
  } finally {
    process.off('unhandledRejection', onUnhandled);
  }
  return story;
}

/** Whether no caller waits for anything, and no start is under way for which a stop may wait. */
function isUnattended({ story }: Stage): boolean {
  const { wire, calls, works, sessions, close } = story;
  const replies = [...calls, ...works].map(({ reply }) => reply);
  return (
    !close &&
    [...replies, ...sessions.flatMap(({ stops }) => stops)].every(({ settled }) => settled) &&
    wire.every(({ kind, settled, aborted, learned }) => {
      if (kind === 'stop') return true;
      // The first attempt of a send that sessions have joined: the second one is for them.
      if (!learned && !aborted && settled?.outcome !== 'accepted') return false;
      return aborted ?? settled;
    })
  );
}

/** Whether no stop is on its way, or about to be tried again. */
function isQuiet({ story, background }: Stage): boolean {
  const { clock, wire } = story;
  return (
    background.size === 0 &&
    wire.every(({ kind, settled, aborted }) => {
      const over = aborted ?? settled;
      if (kind === 'start' || settled?.outcome === 'accepted') return over;
      return over && over.atMs + everyStopIsOutMs < clock.now();
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
  if (!story.close) {
    story.forgotten = now();
    for (const place of placesThatFailed(story)) {
      stage.relapse(place.channel, place.code);
      void callers.take({ do: 'send', place, timeoutMs: 1_000, signal: undefined });
      await clock.advance(1_000);
    }
    stage.recover();
    await clock.advance(everythingSettlesMs);
  }
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

/** Where starts have failed of which nothing can be left, and how. */
function placesThatFailed(story: Story): (Place & { readonly code: TypingErrorCode })[] {
  const atLast = { order: Infinity, atMs: story.clock.now() };
  const places = new Map<string, Place & { readonly code: TypingErrorCode }>();
  for (const { channel, conversation, learned } of story.wire) {
    if (learned?.code === undefined) continue;
    if (canBeUp(story, conversation, atLast) !== 'no') continue;
    const chat = Number(conversation.split('/')[1]);
    places.set(conversation, { channel, chat, code: learned.code });
  }
  return [...places.values()];
}
