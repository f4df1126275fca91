import { createTyping } from '@typingkit/core';
import { fakeProvider, virtualClock } from '@typingkit/testing/fake';
import { expect, it } from 'vitest';
import { instrumentTyping } from '../src/index.ts';
import { telemetry } from './telemetry.ts';

const place = 'typing_channel="chat",typing_provider="fake"';

it('counts starts, refreshes, stops and sessions', async () => {
  const { meterProvider, scrape } = telemetry();
  const clock = virtualClock();
  const typing = createTyping({ channels: { chat: fakeProvider() }, clock, onEvent: () => {} });
  const before = typing.keep('chat', { id: 'before' });
  instrumentTyping(typing, { meterProvider, clock });
  const session = typing.keep('chat', { id: 'a' });
  await clock.advance(0);
  await clock.advance(20_000);
  const text = await scrape();
  expect(text).toContain(`typing_starts_total{${place}`);
  expect(valueOf(text, 'typing_starts_total', place)).toBe(2);
  expect(valueOf(text, 'typing_refreshes_total', place)).toBeGreaterThanOrEqual(4);
  expect(valueOf(text, 'typing_sessions_live', place)).toBe(2);
  const refresh = 'typing_provider="fake",typing_operation="refresh"';
  const refreshes = valueOf(text, 'typing_refreshes_total', place);
  expect(valueOf(text, 'typing_exchange_duration_count', refresh)).toBe(refreshes);
  expect(valueOf(text, 'typing_refresh_lateness_count', '')).toBe(refreshes);
  void session.stop();
  void before.stop();
  await clock.advance(1_000);
  const after = await scrape();
  expect(valueOf(after, 'typing_sessions_live', place)).toBe(0);
  expect(valueOf(after, 'typing_stops_total', place)).toBe(2);
  expect(valueOf(after, 'typing_sessions_ended_total', `${place},typing_reason="stopped"`)).toBe(2);
});

it('counts failures by code, and shows a credential that is suspended until it is good again', async () => {
  const { meterProvider, scrape } = telemetry();
  const clock = virtualClock();
  const provider = fakeProvider();
  const typing = createTyping({ channels: { chat: provider }, clock, onEvent: () => {} });
  instrumentTyping(typing, { meterProvider, clock });
  provider.failNext('unauthenticated');
  typing.keep('chat', { id: 'a' });
  await clock.advance(100);
  const text = await scrape();
  const failure = `${place},typing_operation="start",error_type="unauthenticated"`;
  expect(valueOf(text, 'typing_failures_total', failure)).toBe(1);
  expect(valueOf(text, 'typing_credentials_suspended', place)).toBe(1);
  expect(valueOf(text, 'typing_suspensions_total', `${place},typing_paused_by="credential"`)).toBe(
    1,
  );
  await clock.advance(5_000);
  const after = await scrape();
  expect(valueOf(after, 'typing_credentials_suspended', place)).toBe(0);
  expect(valueOf(after, 'typing_starts_total', place)).toBe(1);
});

it('shows a budget that rests', async () => {
  const { meterProvider, scrape } = telemetry();
  const clock = virtualClock();
  const typing = createTyping({ channels: { chat: fakeProvider() }, clock, onEvent: () => {} });
  instrumentTyping(typing, { meterProvider, clock });
  typing.rateLimited('chat', { id: 'a' }, { retryAfterMs: 10_000 });
  typing.keep('chat', { id: 'a' });
  await clock.advance(100);
  const text = await scrape();
  expect(valueOf(text, 'typing_budgets_paused', place)).toBe(1);
  expect(valueOf(text, 'typing_skipped_total', `${place},typing_reason="rate-limited"`)).toBe(1);
  await clock.advance(15_000);
  expect(valueOf(await scrape(), 'typing_budgets_paused', place)).toBe(0);
});

it('holds nothing of a recipient', async () => {
  const { meterProvider, scrape, spans, tracerProvider } = telemetry();
  const clock = virtualClock();
  const provider = fakeProvider();
  const typing = createTyping({ channels: { chat: provider }, clock, onEvent: () => {} });
  instrumentTyping(typing, { meterProvider, tracerProvider, clock, refreshSpans: true });
  provider.failNext('forbidden');
  typing.keep('chat', { id: '+12025550123' });
  typing.keep('chat', { id: '+12025550199' }, { label: 'turn 7' });
  await clock.advance(20_000);
  await typing.close();
  expect(await scrape()).not.toContain('20255501');
  expect(spans().length).toBeGreaterThan(3);
  for (const { attributes, events, name, status } of spans())
    expect(JSON.stringify({ attributes, events, name, status })).not.toContain('20255501');
});

it('ends, and does nothing where there is no SDK', async () => {
  const { meterProvider, scrape } = telemetry();
  const clock = virtualClock();
  const typing = createTyping({ channels: { chat: fakeProvider() }, clock, onEvent: () => {} });
  instrumentTyping(typing)();
  const end = instrumentTyping(typing, { meterProvider, clock });
  await typing.send('chat', { id: 'a' });
  end();
  await typing.send('chat', { id: 'b' });
  expect(await scrape()).not.toContain('typing_starts_total{');
});

/** The value of the series that has these labels, and none but those of the scope beside them. */
function valueOf(text: string, name: string, labels: string): number | undefined {
  const wanted = labels === '' ? [] : labels.split(/,(?=\w+=)/);
  for (const line of text.split('\n')) {
    const [, series, inBraces = '', value] = /^(\w+)(?:\{(.*)\})? (\S+)/.exec(line) ?? [];
    if (series !== name) continue;
    const own = inBraces
      .split(/,(?=\w+=)/)
      .filter((each) => !each.startsWith('otel_scope') && each !== '');
    if (own.length === wanted.length && wanted.every((each) => own.includes(each)))
      return Number(value);
  }
  return undefined;
}
