import { PrometheusExporter } from '@opentelemetry/exporter-prometheus';
import { MeterProvider } from '@opentelemetry/sdk-metrics';
import type { TypingEvent } from '@typingkit/core';
import { instrumentTyping, type InstrumentOptions } from '@typingkit/opentelemetry';

/** What it costs to measure one event, in microseconds of the processor. */
export interface EventCost {
  /** With the SDK of OpenTelemetry, whose own work is in it. */
  readonly withSdk: number;
  /** With nobody who exports. */
  readonly alone: number;
}

/** @param events how many. Ninety of a hundred are refreshes, as in a bot that works. */
export function eventCost(events: number): EventCost {
  const exporter = new PrometheusExporter({ preventServerStart: true });
  const meterProvider = new MeterProvider({ readers: [exporter] });
  return { withSdk: costOf(events, { meterProvider, spans: false }), alone: costOf(events, {}) };
}

function costOf(events: number, options: InstrumentOptions): number {
  let tell: (event: TypingEvent) => unknown = () => {};
  instrumentTyping(
    {
      sessions: () => [],
      observe(listener) {
        tell = listener;
        return () => {};
      },
    },
    options,
  );
  const told = Array.from({ length: 100 }, (_, at) => eventOf(at));
  const run = (times: number): number => {
    const before = process.cpuUsage();
    for (let at = 0; at < times; at += 1) tell(told[at % 100] ?? eventOf(0));
    const { user, system } = process.cpuUsage(before);
    return (user + system) / times;
  };
  run(events / 10);
  return run(events);
}

function eventOf(at: number): TypingEvent {
  const where = { channel: 'chat', provider: 'idle', conversation: `${at}` };
  const exchange = { attempt: 1, durationMs: at, lateByMs: at % 50 };
  if (at < 90) return { type: 'refreshed', ...where, ...exchange };
  if (at < 94) return { type: 'started', ...where, ...exchange };
  if (at < 96) return { type: 'opened', ...where, sessionId: `${at}` };
  if (at < 98) return { type: 'closed', ...where, sessionId: `${at}`, reason: 'stopped' };
  return { type: 'cleared', ...where, durationMs: at };
}
