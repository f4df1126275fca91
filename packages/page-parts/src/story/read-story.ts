import type { Story } from './story.ts';

const lists = ['turns', 'requests', 'bubbles', 'pauses'] as const;
/** More than a page can draw. */
const mostItems = 20_000;

/**
 * Reads a story that was saved as JSON.
 *
 * @throws Error that says in a sentence why it is none.
 */
export function readStory(text: string): Story {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new Error('This file is not JSON.');
  }
  if (!isStory(value)) throw new Error('This file is not a story that was saved as JSON here.');
  return value;
}

/** As far as drawing it needs: numbers where there is time, lists where there are many. */
function isStory(value: unknown): value is Story {
  if (!isObject(value) || !isTime(value['beganAtMs'])) return false;
  const { tracks } = value;
  return Array.isArray(tracks) && tracks.every(isTrack);
}

function isTrack(track: unknown): boolean {
  if (!isObject(track) || typeof track['id'] !== 'string' || typeof track['name'] !== 'string')
    return false;
  return lists.every((name) => {
    const list = track[name];
    return Array.isArray(list) && list.length <= mostItems && list.every(isDated);
  });
}

function isDated(item: unknown): boolean {
  if (!isObject(item)) return false;
  const { fromMs, atMs, toMs, untilMs } = item;
  const isEnd = (end: unknown): boolean => end === undefined || end === null || isTime(end);
  return isTime(fromMs ?? atMs) && isEnd(toMs) && isEnd(untilMs);
}

function isTime(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value);
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
