import { context, trace } from '@opentelemetry/api';
import { createTyping, type Typing } from '@typingkit/core';
import {
  type FakeProvider,
  fakeProvider,
  type VirtualClock,
  virtualClock,
} from '@typingkit/testing/fake';
import { expect, it } from 'vitest';
import { type InstrumentOptions, instrumentTyping } from '../src/index.ts';
import { telemetry, type Telemetry } from './telemetry.ts';

interface Traced extends Telemetry {
  readonly clock: VirtualClock;
  readonly provider: FakeProvider;
  readonly typing: Typing<{ chat: unknown }>;
  /** Runs something inside of a span, as a bot's turn would. @returns the id of its trace, and of the span. */
  turn(run: () => unknown): Promise<{ traceId: string; spanId: string }>;
}

function traced(options?: InstrumentOptions): Traced {
  const sdk = telemetry();
  const clock = virtualClock();
  const provider = fakeProvider();
  const typing = createTyping({ channels: { chat: provider }, clock, onEvent: () => {} });
  const { meterProvider, tracerProvider } = sdk;
  instrumentTyping(typing, { meterProvider, tracerProvider, clock, ...options });
  return {
    ...sdk,
    clock,
    provider,
    typing,
    async turn(run) {
      const span = sdk.tracerProvider.getTracer('a bot').startSpan('turn');
      await context.with(trace.setSpan(context.active(), span), run);
      return span.spanContext();
    },
  };
}

it('a session joins the trace of its caller, and what is sent for it belongs to it', async () => {
  const { clock, spans, turn, typing } = traced();
  const { spanId, traceId } = await turn(() =>
    typing.keep('chat', { id: 'a' }, { label: 'turn 7' }),
  );
  await clock.advance(20_000);
  await typing.stop('chat', { id: 'a' });
  await clock.advance(1_000);
  expect(
    spans()
      .map(({ name }) => name)
      .toSorted((a, b) => a.localeCompare(b)),
  ).toEqual(['typing.session', 'typing.start', 'typing.stop']);
  const session = spans().find(({ name }) => name === 'typing.session');
  expect(session?.parentSpanContext).toMatchObject({ spanId, traceId });
  expect(session?.attributes).toMatchObject({
    'typing.channel': 'chat',
    'typing.provider': 'fake',
    'typing.session.label': 'turn 7',
    'typing.session.close_reason': 'stopped',
  });
  for (const name of ['typing.start', 'typing.stop']) {
    const span = spans().find((each) => each.name === name);
    expect(span?.parentSpanContext?.spanId).toBe(session?.spanContext().spanId);
    expect(span?.spanContext().traceId).toBe(traceId);
  }
});

it('a one-shot call joins the trace of its caller', async () => {
  const { spans, turn, typing } = traced();
  const { spanId } = await turn(() => typing.send('chat', { id: 'a' }));
  expect(spans()).toMatchObject([{ name: 'typing.start', parentSpanContext: { spanId } }]);
});

it('refreshes have spans where they are asked for, under one name', async () => {
  const { clock, spans, typing } = traced({ refreshSpans: true });
  typing.keep('chat', { id: 'a' });
  await clock.advance(20_000);
  const refreshes = spans().filter(({ name }) => name === 'typing.refresh');
  expect(refreshes.length).toBeGreaterThanOrEqual(2);
});

it('a failure is an error with its code', async () => {
  const { provider, spans, turn, typing } = traced();
  provider.failNext('forbidden', { details: { status: 403, traceId: 'trace-1' } });
  await turn(() => typing.send('chat', { id: 'a' }).catch(() => {}));
  expect(spans()).toMatchObject([
    {
      name: 'typing.start',
      status: { code: 2 },
      attributes: {
        'error.type': 'forbidden',
        'http.response.status_code': 403,
        'typing.vendor.trace_id': 'trace-1',
      },
    },
  ]);
});

it('no spans are made where they are not wanted', async () => {
  const { spans, typing } = traced({ spans: false });
  await typing.send('chat', { id: 'a' });
  expect(spans()).toEqual([]);
});
