import {
  createTyping,
  memoryGate,
  type Typing,
  type TypingErrorCode,
  type TypingEvent,
} from '@typingkit/core';
import { chanceFrom } from './chance.ts';
import { lateGate } from './late-gate.ts';
import { leapingClock } from './leaping-clock.ts';
import { type ChannelName, type Schedule, signalCount } from './schedule.ts';
import { type ChatTarget, scriptedVendor } from './scripted-vendor.ts';
import { newRecorder, type Recorder, type Story } from './story.ts';

/** Where a schedule is played. */
export interface Stage extends Recorder {
  readonly typing: Typing<Record<ChannelName, ChatTarget>>;
  readonly signals: readonly AbortController[];
  /** What the runtime was asked to wait for and has not ended. */
  readonly background: ReadonlySet<Promise<void>>;
  /** From now on both vendors accept everything at once. */
  readonly recover: () => void;
  /** The next start of a channel fails. */
  readonly relapse: (channel: ChannelName, code: TypingErrorCode) => void;
}

/** `late`: the gate answers after a while, out of order, too late, or never. */
export type GateKind = 'in memory' | 'late';

export function newStage(schedule: Schedule, gateKind: GateKind): Stage {
  const clock = leapingClock();
  const recorder = newRecorder(clock);
  const { story, now } = recorder;
  const red = scriptedVendor('red', schedule.red, clock, recorder);
  const blue = scriptedVendor('blue', schedule.blue, clock, recorder);
  const background = new Set<Promise<void>>();
  const typing = createTyping({
    channels: { red: red.provider, blue: blue.provider },
    clock,
    gate:
      gateKind === 'late'
        ? lateGate(memoryGate(), clock, schedule.chance, story.admissions)
        : memoryGate(),
    random: chanceFrom(schedule.chance),
    onEvent(event) {
      learn(story, event, now);
      if (schedule.observer === 'throws') throw new Error('an observer that throws');
      return schedule.observer === 'rejects' ? Promise.reject(new Error('one that rejects')) : 0;
    },
    waitUntil(promise) {
      background.add(promise);
      promise.then(
        () => background.delete(promise),
        (error: unknown) => story.thrown.push(error),
      );
    },
  });
  return {
    ...recorder,
    typing,
    signals: Array.from({ length: signalCount }, () => new AbortController()),
    background,
    recover() {
      red.recover();
      blue.recover();
    },
    relapse: (channel, code) => (channel === 'red' ? red : blue).relapse(code),
  };
}

/** Notes what the engine tells: above all when it came to know how a start ended, and when it ended a session. */
function learn(story: Story, event: TypingEvent, now: Recorder['now']): void {
  const { type, conversation } = event;
  const at = now();
  story.told.push({ ...at, event });
  if (type === 'closed') {
    const session = story.sessions.find(
      (one) => one.conversation === conversation && !one.ended && one.handle?.state === 'closed',
    );
    if (session) session.ended = { ...at, reason: event.reason };
    return;
  }
  const isFailedStart = type === 'failed' && event.operation === 'start';
  if (type !== 'started' && type !== 'refreshed' && !isFailedStart) return;
  const start = story.wire.findLast(
    (call) => call.kind === 'start' && call.conversation === conversation,
  );
  if (start) start.learned ??= { ...at, code: isFailedStart ? event.error.code : undefined };
}
