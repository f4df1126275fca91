import type { StoryRequest } from '../story/story.ts';

/** What a request looks like. `dark`: accepted, and nothing was shown. */
export type MarkKind = StoryRequest['kind'] | 'failure' | 'dark';

export function markKindOf({ kind, status, hiddenBecause }: StoryRequest): MarkKind {
  if (status === null || status >= 400) return 'failure';
  return hiddenBecause === null ? kind : 'dark';
}

const names = {
  start: 'Start',
  refresh: 'Refresh',
  stop: 'Stop',
  message: 'Message',
  question: 'Question',
} as const;
const faults: Readonly<Record<string, string>> = { hang: 'no answer', reset: 'connection reset' };

/** `Start: 204`, `Refresh: no answer` */
export function requestInWords(request: StoryRequest): string {
  const { kind, hiddenBecause } = request;
  const dark = hiddenBecause === null ? '' : `, but nothing shows: ${hiddenBecause}`;
  return `${names[kind]}: ${answerInWords(request)}${dark}`;
}

/** `204`, `no answer` */
export function answerInWords({ status, fault }: StoryRequest): string {
  return status === null ? (faults[fault ?? ''] ?? 'not answered') : String(status);
}
