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
}

const rows: readonly Row[] = knownProviders.map(rowOf);

/** A provider's folder has its name. */
function rowOf(description: ChannelDescription): Row {
  const { channel, vendor, provider } = description;
  const { capabilities } = description.address({});
  return { channel, vendor, folder: provider, capabilities };
}

const columns: Readonly<Record<string, (row: Row, packages: string) => string>> = {
  Channel: ({ channel }) => `\`${channel}\``,
  Vendor: ({ vendor, folder }, packages) => `[${vendor}](${packages}/${folder}/README.md)`,
  'One start shows for': ({ capabilities }) => lifetime(capabilities.ttl),
  'Can be cleared': ({ capabilities }) =>
    capabilities.stop === 'explicit' ? 'yes' : 'no, it expires',
  'A message clears it': ({ capabilities }) => known(capabilities.clearsOnMessage),
  Groups: ({ capabilities }) => known(capabilities.groups),
  'Sent at most': ({ capabilities }) => frequency(capabilities),
  'Marks as read': ({ capabilities }) =>
    capabilities.sideEffects.includes('marks-read') ? 'yes' : 'no',
  'Reports typing': ({ capabilities }) => (capabilities.inbound ? 'yes' : 'no'),
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
  const each = `every ${seconds(minIntervalMs)} in one conversation`;
  return budget ? `${each}, ${budget.requests} times in ${seconds(budget.perMs)} in all` : each;
}

function seconds(ms: number): string {
  return `${ms / 1_000} s`;
}

function known(answer: boolean | 'unknown'): string {
  return typeof answer === 'string' ? answer : answer ? 'yes' : 'no';
}

function costTable(costs: readonly KeepAliveCost[]): string {
  const titles = ['Channel', 'Vendor', 'Starts in a minute', 'One every', 'Other requests'];
  const cells = costs.map(({ description, startsAtMs, otherRequests }) => {
    const [first = 0, second] = startsAtMs;
    const every = second === undefined ? '—' : seconds(second - first);
    return [
      `\`${description.channel}\``,
      description.vendor,
      String(startsAtMs.length),
      every,
      String(otherRequests),
    ];
  });
  return markdownTable(titles, cells);
}

const { values } = parseArgs({ options: { check: { type: 'boolean', default: false } } });
const places = [
  { file: 'README.md', packages: 'packages/providers' },
  { file: 'docs/providers.md', packages: '../packages/providers' },
];
const costs = {
  name: 'keep-alive-costs',
  file: 'docs/providers.md',
  content: costTable(await keepAliveCosts()),
};
const tables = places.map(({ file, packages }) => ({
  name: 'provider-table',
  file,
  content: table(packages),
}));
generateParts([...tables, costs], { check: values.check, command: 'pnpm provider-table' });
