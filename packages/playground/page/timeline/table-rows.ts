import { channelRows } from '../../src/protocol/channels/channel-rows.ts';
import type { PhoneChannel } from '../../src/protocol/settings.ts';
import type { PhoneSnapshot, Snapshot } from '../../src/protocol/snapshot.ts';
import { phonesIn } from '../state/live.ts';
import { requestInWords } from './mark-kind.ts';

/** One line of the timeline's table. */
export interface TableRow {
  readonly key: string;
  readonly fromMs: number;
  readonly toMs: number | null;
  readonly where: string;
  readonly what: string;
}

const mostRows = 60;

/** Everything that is on the timeline, newest first. */
export function tableRows({ phones }: Snapshot): readonly TableRow[] {
  return phonesIn(phones)
    .flatMap(rowsOf)
    .toSorted((one, other) => other.fromMs - one.fromMs)
    .slice(0, mostRows);
}

function rowsOf([channel, phone]: [PhoneChannel, PhoneSnapshot]): readonly TableRow[] {
  const where = channelRows[channel].name;
  const { requests, bubbles, pauses } = phone;
  return [
    ...requests.map((request) => ({
      key: `${channel} request ${request.id}`,
      fromMs: request.atMs,
      toMs: request.atMs,
      where,
      what: requestInWords(request),
    })),
    ...bubbles.map(({ fromMs, toMs }) => ({
      key: `${channel} bubble ${fromMs}`,
      fromMs,
      toMs,
      where,
      what: '“typing…” is on the screen',
    })),
    ...pauses.map(({ id, fromMs, untilMs, scope }) => ({
      key: `${channel} pause ${id}`,
      fromMs,
      toMs: untilMs,
      where,
      what: `Nothing is sent: the ${scope} is paused`,
    })),
  ];
}
