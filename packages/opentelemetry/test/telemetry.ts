import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { PrometheusExporter, PrometheusSerializer } from '@opentelemetry/exporter-prometheus';
import { MeterProvider } from '@opentelemetry/sdk-metrics';
import {
  InMemorySpanExporter,
  type ReadableSpan,
  SimpleSpanProcessor,
  TracerProvider,
} from '@opentelemetry/sdk-trace';
import { context } from '@opentelemetry/api';
import { onTestFinished } from 'vitest';

/** An SDK that a test has for itself. */
export interface Telemetry {
  readonly meterProvider: MeterProvider;
  readonly tracerProvider: TracerProvider;
  /** What Prometheus would read now. */
  scrape(): Promise<string>;
  /** The spans that have ended, the oldest first. */
  spans(): readonly ReadableSpan[];
}

export function telemetry(): Telemetry {
  const exporter = new PrometheusExporter({ preventServerStart: true });
  const meterProvider = new MeterProvider({ readers: [exporter] });
  const memory = new InMemorySpanExporter();
  const tracerProvider = new TracerProvider({
    spanProcessors: [new SimpleSpanProcessor({ exporter: memory })],
  });
  const manager = new AsyncLocalStorageContextManager();
  context.setGlobalContextManager(manager.enable());
  onTestFinished(() => context.disable());
  return {
    meterProvider,
    tracerProvider,
    async scrape() {
      const { resourceMetrics } = await exporter.collect();
      return new PrometheusSerializer().serialize(resourceMetrics);
    },
    spans: () => memory.getFinishedSpans(),
  };
}
