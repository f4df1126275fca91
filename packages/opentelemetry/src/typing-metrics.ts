import type {
  Attributes,
  BatchObservableCallback,
  Histogram,
  Meter,
  Observable,
} from '@opentelemetry/api';
import type { Clock, TypingEvent } from '@typingkit/core';

/** In seconds: the recommended boundaries for the duration of a request. */
const durationsSeconds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
/** The engine is exact to 50 ms, and a budget can hold a refresh back for minutes. */
const latenessSeconds = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60];

/** What one channel of one provider has done. */
class Row {
  readonly attributes: Attributes;
  readonly start: Attributes;
  readonly refresh: Attributes;
  readonly stop: Attributes;
  starts = 0;
  refreshes = 0;
  stops = 0;
  coalesced = 0;
  sessions = 0;
  /** Whether a credential of it is suspended. */
  isSuspended = false;
  /** Until when its budget rests, on the clock of the engine. */
  restsUntilMs = -Infinity;
  /** By operation and code. */
  readonly failures = new Map<string, Count>();
  readonly skipped = new Map<string, Count>();
  readonly suspensions = new Map<string, Count>();
  readonly ended = new Map<string, Count>();

  constructor(channel: string, provider: string) {
    this.attributes = { 'typing.channel': channel, 'typing.provider': provider };
    this.start = { 'typing.provider': provider, 'typing.operation': 'start' };
    this.refresh = { 'typing.provider': provider, 'typing.operation': 'refresh' };
    this.stop = { 'typing.provider': provider, 'typing.operation': 'stop' };
  }
}

interface Count {
  readonly attributes: Attributes;
  times: number;
}

/**
 * Counts events in plain numbers, which the SDK reads when it exports: to add to an instrument of the SDK costs most of a
 * microsecond each time. Only what has a distribution is recorded at once, with as few attributes as make sense.
 */
export class TypingMetrics {
  readonly #rows = new Map<string, Map<string, Row>>();
  readonly #all: Row[] = [];
  readonly #clock: Clock;
  readonly #durations: Histogram;
  readonly #lateness: Histogram;
  readonly #stopObserving: () => void;

  constructor(meter: Meter, clock: Clock) {
    this.#clock = clock;
    this.#durations = meter.createHistogram('typing.exchange.duration', {
      description: 'How long the vendor took to answer a start, a refresh or a stop.',
      unit: 's',
      advice: { explicitBucketBoundaries: durationsSeconds },
    });
    this.#lateness = meter.createHistogram('typing.refresh.lateness', {
      description: 'How long after it was due a refresh went out.',
      unit: 's',
      advice: { explicitBucketBoundaries: latenessSeconds },
    });
    this.#stopObserving = this.#observe(meter);
  }

  /** A session has begun, or is there already. */
  begin(channel: string, provider: string): void {
    this.#row(channel, provider).sessions += 1;
  }

  see(event: TypingEvent): void {
    const row = this.#row(event.channel, event.provider);
    switch (event.type) {
      case 'started':
        row.starts += 1;
        this.#durations.record(event.durationMs / 1_000, row.start);
        break;
      case 'refreshed':
        row.refreshes += 1;
        this.#durations.record(event.durationMs / 1_000, row.refresh);
        // It depends on this process and on the budget: attributes would cost more than the record itself.
        this.#lateness.record(event.lateByMs / 1_000);
        break;
      case 'cleared':
        row.stops += 1;
        this.#durations.record(event.durationMs / 1_000, row.stop);
        break;
      case 'failed': {
        const attributes = {
          'typing.operation': event.operation,
          'error.type': event.error.code,
        };
        count(row.failures, `${event.operation} ${event.error.code}`, row, attributes);
        const { 'typing.provider': provider } = row.start;
        this.#durations.record(event.durationMs / 1_000, {
          'typing.provider': provider,
          ...attributes,
        });
        break;
      }
      case 'coalesced':
        row.coalesced += 1;
        break;
      case 'skipped':
        count(row.skipped, event.reason, row, { 'typing.reason': event.reason });
        if (event.pausedBy === 'budget' || event.pausedBy === 'rate-limit')
          row.restsUntilMs = Math.max(row.restsUntilMs, event.untilMs ?? -Infinity);
        break;
      case 'suspended':
        count(row.suspensions, event.pausedBy, row, { 'typing.paused_by': event.pausedBy });
        if (event.pausedBy === 'credential') row.isSuspended = true;
        break;
      case 'resumed':
        // One that names a conversation ends the rest of that conversation alone.
        if (event.conversation === undefined) row.isSuspended = false;
        break;
      case 'opened':
        row.sessions += 1;
        break;
      case 'closed':
        row.sessions -= 1;
        count(row.ended, event.reason, row, { 'typing.reason': event.reason });
        break;
      case 'expired':
      case 'paused':
      case 'continued':
      case 'not-shown':
      case 'fallback':
      case 'fallback-failed':
      case 'inbound-dropped':
        break;
    }
  }

  close(): void {
    this.#stopObserving();
  }

  #row(channel: string, provider: string): Row {
    const known = this.#rows.get(channel)?.get(provider);
    if (known) return known;
    const row = new Row(channel, provider);
    this.#all.push(row);
    const ofChannel = this.#rows.get(channel) ?? new Map<string, Row>();
    this.#rows.set(channel, ofChannel.set(provider, row));
    return row;
  }

  /** @returns ends it. */
  #observe(meter: Meter): () => void {
    const counter = (name: string, unit: string, description: string): Observable =>
      meter.createObservableCounter(name, { unit, description });
    const starts = counter('typing.starts', '{start}', 'Starts that the vendor accepted.');
    const refreshes = counter(
      'typing.refreshes',
      '{refresh}',
      'Refreshes that the vendor accepted.',
    );
    const stops = counter('typing.stops', '{stop}', 'Stops that the vendor accepted.');
    const coalesced = counter('typing.coalesced', '{start}', 'Starts that needed no request.');
    const failures = counter('typing.failures', '{failure}', 'Starts and stops that failed.');
    const skipped = counter('typing.skipped', '{start}', 'Starts that were due and not made.');
    const suspensions = counter(
      'typing.suspensions',
      '{suspension}',
      'How often sending was suspended.',
    );
    const ended = counter('typing.sessions.ended', '{session}', 'Sessions that ended.');
    const sessions = meter.createObservableGauge('typing.sessions.live', {
      unit: '{session}',
      description: 'Sessions that are alive.',
    });
    const suspended = meter.createObservableGauge('typing.credentials.suspended', {
      description: '1 while a credential is suspended, because the vendor refused it.',
    });
    const paused = meter.createObservableGauge('typing.budgets.paused', {
      description:
        '1 while a budget is spent, or the vendor said that there were too many requests.',
    });
    const counts: readonly (readonly [Observable, (row: Row) => ReadonlyMap<string, Count>])[] = [
      [failures, (row) => row.failures],
      [skipped, (row) => row.skipped],
      [suspensions, (row) => row.suspensions],
      [ended, (row) => row.ended],
    ];
    const callback: BatchObservableCallback = (result) => {
      const nowMs = this.#clock.now();
      for (const row of this.#all) {
        const { attributes } = row;
        result.observe(starts, row.starts, attributes);
        result.observe(refreshes, row.refreshes, attributes);
        result.observe(stops, row.stops, attributes);
        result.observe(coalesced, row.coalesced, attributes);
        result.observe(sessions, row.sessions, attributes);
        result.observe(suspended, row.isSuspended ? 1 : 0, attributes);
        result.observe(paused, row.restsUntilMs > nowMs ? 1 : 0, attributes);
        for (const [instrument, countsIn] of counts) {
          for (const { attributes: own, times } of countsIn(row).values())
            result.observe(instrument, times, own);
        }
      }
    };
    const all = [starts, refreshes, stops, coalesced, sessions, suspended, paused];
    const observables = [...all, ...counts.map(([instrument]) => instrument)];
    meter.addBatchObservableCallback(callback, observables);
    return () => meter.removeBatchObservableCallback(callback, observables);
  }
}

function count(counts: Map<string, Count>, key: string, row: Row, own: Attributes): void {
  const known = counts.get(key);
  if (known) known.times += 1;
  else counts.set(key, { attributes: { ...row.attributes, ...own }, times: 1 });
}
