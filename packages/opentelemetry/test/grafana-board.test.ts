import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { createTyping } from '@typingkit/core';
import { fakeProvider, virtualClock } from '@typingkit/testing/fake';
import { expect, it } from 'vitest';
import { instrumentTyping } from '../src/index.ts';
import { telemetry } from './telemetry.ts';

interface Board {
  readonly panels: readonly {
    readonly title: string;
    readonly targets: readonly { readonly expr: string }[];
  }[];
}

/** Everything happens once: each series is there. */
async function everySeries(): Promise<Map<string, Set<string>>> {
  const { meterProvider, scrape } = telemetry();
  const clock = virtualClock();
  const provider = fakeProvider();
  const typing = createTyping({ channels: { chat: provider }, clock, onEvent: () => {} });
  instrumentTyping(typing, { meterProvider, clock });
  provider.failNext('unauthenticated');
  const session = typing.keep('chat', { id: 'a' });
  await clock.advance(30_000);
  void session.stop();
  typing.rateLimited('chat', { id: 'b' });
  typing.keep('chat', { id: 'b' });
  await clock.advance(1_000);
  const series = new Map<string, Set<string>>();
  for (const line of (await scrape()).split('\n')) {
    const [, name, labels = ''] = /^(\w+)\{(.*)\} \S+$/.exec(line) ?? [];
    if (name === undefined) continue;
    const known = series.get(name) ?? new Set<string>();
    for (const [, label = ''] of labels.matchAll(/(\w+)="/g)) known.add(label);
    series.set(name, known);
  }
  return series;
}

it('the board asks for nothing but what the exporter has, by labels that are there', async () => {
  const path = fileURLToPath(new URL('../../../docs/grafana-board.json', import.meta.url));
  const text = await readFile(path, 'utf8');
  const board: Board = JSON.parse(text);
  const series = await everySeries();
  const queries = board.panels.flatMap(({ targets }) => targets.map(({ expr }) => expr));
  expect(queries.length).toBeGreaterThan(10);
  for (const query of queries) {
    const [name = ''] = /typing_\w+(?=\{|\[)/.exec(query.replaceAll(/\([^()]*\) \(/g, '(')) ?? [];
    expect([query, [...series.keys()]]).toEqual([query, expect.arrayContaining([name])]);
    const [, grouped = ''] = /by \(([^)]*)\)/.exec(query) ?? [];
    const [, filtered = ''] = /\{(\w+)=~/.exec(query) ?? [];
    const labels = [...grouped.split(/, */), filtered].filter((label) => label !== '');
    expect([query, [...(series.get(name) ?? [])]]).toEqual([query, expect.arrayContaining(labels)]);
  }
  // And whatever the exporter has is on the board.
  const own = [...series.keys()].filter((name) => /^typing_(?!.*_(?:sum|count)$)/.test(name));
  expect(own.filter((name) => !text.includes(name))).toEqual([]);
});
