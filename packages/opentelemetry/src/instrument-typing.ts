import {
  type MeterProvider,
  metrics as globalMetrics,
  trace as globalTrace,
  type TracerProvider,
} from '@opentelemetry/api';
import { type Clock, type SessionSnapshot, systemClock, type TypingEvent } from '@typingkit/core';
import { TypingMetrics } from './typing-metrics.ts';
import { TypingSpans } from './typing-spans.ts';

/** What can be instrumented: what `createTyping` makes, or `sharedTyping`. */
export interface ObservedTyping {
  observe(listener: (event: TypingEvent) => unknown): () => void;
  sessions(): readonly SessionSnapshot[];
}

/** How to instrument. */
export interface InstrumentOptions {
  /** Default: the global one. */
  readonly meterProvider?: MeterProvider | undefined;
  /** Default: the global one. */
  readonly tracerProvider?: TracerProvider | undefined;
  /** Whether sessions and calls have spans. Default: yes. */
  readonly spans?: boolean | undefined;
  /** Whether each refresh has a span, `typing.refresh`. Default: no, because there are thousands. */
  readonly refreshSpans?: boolean | undefined;
  /** The clock of the `Typing`. Default: the clock of the machine. */
  readonly clock?: Clock | undefined;
}

/** The name of the meter and of the tracer. */
const scope = '@typingkit/opentelemetry';

/**
 * Measures and traces what a `Typing` does. Without an SDK of OpenTelemetry it does nothing that anybody sees.
 *
 * @returns a function that ends it.
 * @see https://github.com/typingkit/typingkit/blob/main/docs/observability.md
 */
export function instrumentTyping(
  typing: ObservedTyping,
  options: InstrumentOptions = {},
): () => void {
  const { clock = systemClock, refreshSpans = false, spans: hasSpans = true } = options;
  const meters = options.meterProvider ?? globalMetrics.getMeterProvider();
  const tracers = options.tracerProvider ?? globalTrace.getTracerProvider();
  const measured = new TypingMetrics(meters.getMeter(scope), clock);
  const spans = hasSpans ? new TypingSpans(tracers.getTracer(scope), refreshSpans) : undefined;
  for (const { channel, provider } of typing.sessions()) measured.begin(channel, provider);
  const forget = typing.observe((event) => {
    measured.see(event);
    spans?.see(event);
  });
  return () => {
    forget();
    measured.close();
    spans?.close();
  };
}
