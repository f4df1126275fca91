import type { Story, StoryTrack } from '../story/story.ts';
import { requestInWords } from './mark-kind.ts';

/** One line of the timeline's table. */
export interface TableRow {
  readonly key: string;
  readonly fromMs: number;
  /** `null` while it lasts. */
  readonly toMs: number | null;
  readonly where: string;
  readonly what: string;
}

const mostRows = 60;

/** Everything that is on the timeline, newest first. */
export function tableRows({ tracks }: Story): readonly TableRow[] {
  return tracks
    .flatMap(rowsOf)
    .toSorted((one, other) => other.fromMs - one.fromMs)
    .slice(0, mostRows);
}

function rowsOf({ id, name: where, requests, bubbles, pauses }: StoryTrack): readonly TableRow[] {
  return [
    ...requests.map((request) => ({
      key: `${id} request ${request.id}`,
      fromMs: request.atMs,
      toMs: request.atMs,
      where,
      what: requestInWords(request),
    })),
    ...bubbles.map(({ fromMs, toMs }) => ({
      key: `${id} bubble ${fromMs}`,
      fromMs,
      toMs,
      where,
      what: '“typing…” is on the screen',
    })),
    ...pauses.map((pause) => ({
      key: `${id} pause ${pause.id}`,
      fromMs: pause.fromMs,
      toMs: pause.untilMs,
      where,
      what: `Nothing is sent: the ${pause.scope} is paused`,
    })),
  ];
}
