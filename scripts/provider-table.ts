import { parseArgs } from 'node:util';
import type { TypingCapabilities } from '@typingkit/core';
import { type ChannelDescription, knownProviders } from 'typingkit';
import { generateParts, markdownTable } from './generated-part.ts';
import { type KeepAliveCost, keepAliveCosts } from './keep-alive-costs.ts';

interface Row {
  readonly channel: string;
  readonly vendor: string;
  readonly folder: string;
  readonly capabilities: TypingCapabilities;
  readonly minute: string;
}

const costs = await keepAliveCosts();
const rows: readonly Row[] = knownProviders.map(rowOf);

/** A provider's folder has its name. */
function rowOf(description: ChannelDescription): Row {
  const { channel, vendor, provider } = description;
  const { capabilities } = description.address({});
  const cost = costs.find((one) => one.description === description);
  // What nobody simulates is not counted.
  const minute = cost ? inWords(cost) : capabilities.repeat === 'forbidden' ? '1' : '—';
  return { channel, vendor, folder: provider, capabilities, minute };
}

function inWords(cost: KeepAliveCost): string {
  const { startsAtMs, otherRequests } = cost;
  return otherRequests > 0 ? `${startsAtMs.length} + ${otherRequests}` : String(startsAtMs.length);
}

const columns: Readonly<Record<string, (row: Row, packages: string) => string>> = {
  Channel: ({ channel }) => `\`${channel}\``,
  Vendor: ({ vendor, folder }, packages) => `[${vendor}](${packages}/${folder}/README.md)`,
  'One start shows for': ({ capabilities }) => lifetime(capabilities.ttl),
  'Requests in 60 s': ({ minute }) => minute,
  Stop: ({ capabilities }) => (capabilities.stop === 'explicit' ? 'yes' : 'no'),
  'A message clears it': ({ capabilities }) => known(capabilities.clearsOnMessage),
  Groups: ({ capabilities }) => known(capabilities.groups),
  'Reports typing': ({ capabilities }) => (capabilities.inbound ? 'yes' : 'no'),
  'Marks as read': ({ capabilities }) =>
    capabilities.sideEffects.includes('marks-read') ? 'yes' : 'no',
  'At most one in': ({ capabilities }) => frequency(capabilities),
  'Shows only in': ({ capabilities }) => capabilities.requires.join('; ') || 'any conversation',
};

function table(packages: string): string {
  const titles = Object.keys(columns);
  const cells = rows.map((row) => Object.values(columns).map((cell) => cell(row, packages)));
  return markdownTable(titles, cells);
}

function lifetime(ttl: TypingCapabilities['ttl']): string {
  switch (ttl.kind) {
    case 'fixed':
      return `${seconds(ttl.ms)} (${ttl.source})`;
    case 'caller':
      return ttl.defaultMs === undefined
        ? `${seconds(ttl.minMs)} to ${seconds(ttl.maxMs)}, as you ask`
        : `${seconds(ttl.defaultMs)}, or as you ask, up to ${seconds(ttl.maxMs)}`;
    case 'until-stopped':
      return 'until it is stopped';
  }
}

function frequency({ minIntervalMs, budget }: TypingCapabilities): string {
  const each = seconds(minIntervalMs);
  if (!budget) return each;
  const { requests, perMs } = budget;
  return `${each}; ${requests} ${perMs === 60_000 ? 'a minute' : `in ${seconds(perMs)}`}`;
}

function seconds(ms: number): string {
  return `${ms / 1_000} s`;
}

function known(answer: boolean | 'unknown'): string {
  return typeof answer === 'string' ? answer : answer ? 'yes' : 'no';
}

const { values } = parseArgs({ options: { check: { type: 'boolean', default: false } } });
const places = [
  { file: 'README.md', packages: 'packages/providers' },
  { file: 'docs/providers.md', packages: '../packages/providers' },
];
const tables = places.map(({ file, packages }) => ({
  name: 'provider-table',
  file,
  content: table(packages),
}));
generateParts(tables, { check: values.check, command: 'pnpm provider-table' });
