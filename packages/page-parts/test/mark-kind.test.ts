import { expect, test } from 'vitest';
import type { StoryRequest } from '../src/story/story.ts';
import { markKindOf, requestInWords } from '../src/timeline/mark-kind.ts';

const accepted: StoryRequest = {
  id: 1,
  kind: 'start',
  atMs: 0,
  status: 204,
  fault: null,
  hiddenBecause: null,
};

test.for<[Partial<StoryRequest>, kind: string, words: string]>([
  [{}, 'start', 'Start: 204'],
  [{ kind: 'refresh', status: 200 }, 'refresh', 'Refresh: 200'],
  [
    { hiddenBecause: 'SMS has no indicator' },
    'dark',
    'Start: 204, but nothing shows: SMS has no indicator',
  ],
  [{ status: 500 }, 'failure', 'Start: 500'],
  [{ status: null, fault: 'hang' }, 'failure', 'Start: no answer'],
  [{ status: null, fault: 'reset' }, 'failure', 'Start: connection reset'],
  [{ kind: 'question', status: 200 }, 'question', 'Question: 200'],
])('%o is drawn as %s and reads “%s”', ([change, kind, words]) => {
  const request = { ...accepted, ...change };
  expect([markKindOf(request), requestInWords(request)]).toEqual([kind, words]);
});
