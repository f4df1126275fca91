import type * as Exporters from '@opentelemetry/exporter-prometheus';
import type * as Sdk from '@opentelemetry/sdk-metrics';
import { type Clock, TypingError } from '@typingkit/core';
import type * as Ours from '@typingkit/opentelemetry';
import { endpoint, type Endpoint } from '../endpoints/endpoint.ts';
import type { AnyTyping } from '../served-typing.ts';

/** What Prometheus reads. */
export interface PrometheusMetrics {
  readonly endpoint: Endpoint;
  close(): Promise<void>;
}

const packages =
  '@typingkit/opentelemetry @opentelemetry/api @opentelemetry/sdk-metrics @opentelemetry/exporter-prometheus';

/**
 * Measures a `Typing` with an SDK of its own, whatever the process measures beside it.
 *
 * @throws TypingError `misconfigured`, where the packages for it are not installed, or this Node is too old for them.
 */
export async function prometheusMetrics(
  typing: AnyTyping,
  clock: Clock,
): Promise<PrometheusMetrics> {
  const { exporters, sdk, ours } = await loaded();
  const exporter = new exporters.PrometheusExporter({ preventServerStart: true });
  const meterProvider = new sdk.MeterProvider({ readers: [exporter] });
  const serializer = new exporters.PrometheusSerializer();
  const forget = ours.instrumentTyping(typing, { meterProvider, clock, spans: false });
  return {
    endpoint: endpoint({
      method: 'get',
      path: '/metrics',
      name: 'getMetrics',
      summary: 'Metrics, as Prometheus reads them',
      answer: { status: 200, description: 'One line for each series.', contentType: 'text/plain' },
      async handle() {
        const { resourceMetrics } = await exporter.collect();
        return new Response(serializer.serialize(resourceMetrics), {
          headers: { 'content-type': 'text/plain; version=0.0.4; charset=utf-8' },
        });
      },
    }),
    async close() {
      forget();
      await meterProvider.shutdown();
    },
  };
}

/** They are optional peers: most servers need none of it. */
async function loaded(): Promise<{
  readonly exporters: typeof Exporters;
  readonly sdk: typeof Sdk;
  readonly ours: typeof Ours;
}> {
  try {
    const [exporters, sdk, ours] = await Promise.all([
      import('@opentelemetry/exporter-prometheus'),
      import('@opentelemetry/sdk-metrics'),
      import('@typingkit/opentelemetry'),
    ]);
    return { exporters, sdk, ours };
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
    throw new TypingError({
      code: 'misconfigured',
      operation: 'configure',
      reason: `the packages for metrics cannot be loaded (${code})`,
      advice: `They need Node 22.15 or newer. Install them: npm install ${packages}`,
    });
  }
}
