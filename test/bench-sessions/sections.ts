import { type Figure, figure, plainFigure, round, type Section, spreadText } from './figure.ts';
import type { EventLoopDelay } from './event-loop-delay.ts';
import type { InSequence } from './in-sequence.ts';
import type { ManySessions } from './many-sessions.ts';
import type { ManyTimers } from './many-timers.ts';
import type { OneTurn } from './one-turn.ts';
import type { OverHttp } from './over-http.ts';

const megabyte = 1e6;

export function sessionsSection(measured: ManySessions): Section {
  const { open, refresh, times, eventLoop, idleEventLoop, stop, close } = measured;
  const isAtScale = measured.sessions >= 100_000;
  // A million take ten times the memory, and fit into no cache.
  const [heapTarget, refreshTarget] = measured.sessions > 100_000 ? [700, 1] : [400, 0.8];
  // What an event loop pays for waking up is shared by too few sessions below that.
  const judged: typeof figure = (name, value, target, unit, peer) =>
    isAtScale
      ? figure(name, value, target, unit, peer)
      : plainFigure(name, `${round(value)} ${unit}`);
  return {
    title: `${whole(measured.sessions)} sessions at the same time`,
    figures: [
      judged('open: main thread, first start answered', open.mainMicros, 5, 'µs', '16 µs'),
      plainFigure(
        'open: on the clock; `keep()` alone',
        `${round(open.wallMicros)} µs; ${round(open.callWallMicros)} µs`,
      ),
      judged('heap for each session', measured.heapBytes, heapTarget, 'B', '2,025 B'),
      judged('memory of the whole process (RSS)', measured.residentBytes / megabyte, 1_000, 'MB'),
      plainFigure(
        'heap reserved; highest RSS ever',
        `${round(measured.heapTotalBytes / megabyte)} MB; ${round(measured.highestResidentBytes / megabyte)} MB`,
      ),
      judged(
        'refresh: all threads, less an idle process',
        refresh.wholeMicros,
        refreshTarget,
        'µs',
        '1.9 µs',
      ),
      plainFigure(
        'refresh: main thread',
        `${round(refresh.mainMicros)} µs, ${whole(refresh.perSecond)} a second`,
      ),
      plainFigure('… of which waking up', wakingText(refresh)),
      plainFigure('refresh later than its due time, p50 / p99 / max', spreadText(times.lateMs)),
      plainFigure('start to start, p50 / p99 / max', spreadText(times.intervalMs)),
      plainFigure(
        'refreshes over 4 s after the last start',
        `${round((100 * times.overdue) / times.intervalMs.count)} %`,
      ),
      plainFigure('busiest tenth of a second', `${round(times.busiest)} × the average`),
      judged('event-loop delay while refreshing, p99', eventLoop.p99Ms, 50, 'ms'),
      plainFigure('… p50 / p99 / max', delayText(eventLoop)),
      plainFigure('… of an idle process', delayText(idleEventLoop)),
      plainFigure('… while opening, 1,000 in a turn', delayText(open.eventLoop)),
      plainFigure(
        'stop: `session.stop()`, 1,000 in a turn',
        `${round(stop.mainMicros)} µs; ${round(stop.wallMicros)} µs on the clock`,
      ),
      plainFigure(
        'close: `typing.close()` for the other half',
        `${round(close.mainMicros)} µs; ${round(close.wallMicros)} µs on the clock`,
      ),
      plainFigure('heap left for each when all have ended', `${round(measured.leftBytes)} B`),
    ],
    notes: [],
  };
}

export function oneTurnSection(measured: OneTurn): Section {
  return {
    title: `${whole(measured.sessions)} sessions opened in a single turn of the event loop`,
    figures: [
      plainFigure('open: main thread', `${round(measured.mainMicros)} µs`),
      plainFigure('open: on the clock', `${round(measured.wallMicros)} µs`),
      plainFigure('nothing else ran for', `${round(measured.blockedMs)} ms`),
    ],
    notes: [],
  };
}

export function inSequenceSection(measured: InSequence): Section {
  return {
    title: `${whole(measured.sessions)} sessions one after the other, on one AbortSignal`,
    figures: [
      figure('heap growth for each session', measured.grownBytes, 1, 'B'),
      figure('listeners left on the signal', measured.listenersLeft, 0, 'listeners'),
      plainFigure('open, start, stop and clear: main thread', `${round(measured.mainMicros)} µs`),
    ],
    notes: [],
  };
}

export function timersSection(measured: readonly ManyTimers[]): Section {
  return {
    title: 'The deadlines alone: one `setTimeout` for each session, or one wheel for all',
    figures: measured.flatMap(timerFigures),
    notes: [
      'Each deadline is jittered like a refresh. When it is reached, two more are set, as in a refresh: one for the answer, which the next one replaces.',
    ],
  };
}

function timerFigures(measured: ManyTimers): Figure[] {
  const name = `${whole(measured.timers)} × ${measured.kind}`;
  return [
    plainFigure(`${name}: set`, `${round(measured.setNanos)} ns`),
    plainFigure(`${name}: heap for each`, `${round(measured.heapBytes)} B`),
    plainFigure(`${name}: fire and set twice`, `${round(measured.fireNanos)} ns`),
    plainFigure(`${name}: late, p50 / p99 / max`, spreadText(measured.lateMs)),
    plainFigure(`${name}: event-loop delay, p50 / p99 / max`, delayText(measured.eventLoop)),
  ];
}

export function overHttpSection(measured: OverHttp): Section {
  const { simulatorLoad, failures } = measured;
  const failed = Object.entries(failures).map(([name, times]) => `${whole(times)} × ${name}`);
  return {
    title: `${whole(measured.sessions)} sessions over HTTP, Linq on the simulator in another process`,
    figures: [
      plainFigure(
        'refreshes wanted; made',
        `${whole(measured.wantedPerSecond)}; ${whole(measured.refreshesPerSecond)} a second`,
      ),
      plainFigure(
        'the adapter without the engine manages, on 64 lines',
        `${whole(measured.capacityPerSecond)} a second`,
      ),
      plainFigure(
        'busy: this process; the simulator',
        `${percent(measured.ourLoad)}; ${percent(simulatorLoad)} of a core`,
      ),
      plainFigure(
        'one refresh, all threads of this process',
        `${round((measured.ourLoad * 1e6) / measured.refreshesPerSecond)} µs`,
      ),
      plainFigure(
        'open: on the clock, the first requests begun',
        `${round(measured.openWallMicros)} µs`,
      ),
      plainFigure(
        'until every first start was on the wire',
        `${round(measured.firstStartsSeconds)} s`,
      ),
      plainFigure(
        'start to start, p50 / p99 / max (due after 3,600 to 4,000)',
        spreadText(measured.intervalMs),
      ),
      plainFigure('answer, p50 / p99 / max', spreadText(measured.answerMs)),
      plainFigure('requests in flight at most', whole(measured.mostInFlight)),
      plainFigure('failures', failed.join(', ') || 'none'),
      plainFigure('event-loop delay, p50 / p99 / max', delayText(measured.eventLoop)),
      plainFigure('heap for each session, HTTP client included', `${whole(measured.heapBytes)} B`),
      plainFigure(
        '`typing.close()`',
        `${round(measured.closeSeconds)} s, ${whole(measured.notCleared)} not cleared`,
      ),
    ],
    notes: [],
  };
}

function wakingText(refresh: ManySessions['refresh']): string {
  const { turnsPerSecond, emptyTurnMicros, perSecond } = refresh;
  const each = `${whole(turnsPerSecond)} times a second, ${round(emptyTurnMicros)} µs each`;
  return `${round((turnsPerSecond * emptyTurnMicros) / perSecond)} µs: ${each}`;
}

function delayText({ p50Ms, p99Ms, maxMs }: EventLoopDelay): string {
  return spreadText({ p50: p50Ms, p99: p99Ms, max: maxMs });
}

function percent(share: number | undefined): string {
  return share === undefined ? 'unknown' : `${round(100 * share)} %`;
}

function whole(value: number): string {
  return Math.round(value).toLocaleString('en');
}
