import { expect, test } from 'vitest';
import { readStory } from '../src/story/read-story.ts';
import { momentsOf, storyAt } from '../src/story/story-at.ts';
import type { Story } from '../src/story/story.ts';

const story: Story = {
  beganAtMs: 0,
  tracks: [
    {
      id: 'imessage',
      name: 'iMessage',
      turns: [{ id: 1, fromMs: 10, toMs: 50 }],
      requests: [
        { id: 2, kind: 'start', atMs: 12, status: 204, fault: null, hiddenBecause: null },
        { id: 3, kind: 'message', atMs: 50, status: 202, fault: null, hiddenBecause: null },
      ],
      bubbles: [{ fromMs: 13, toMs: 50, endedBy: 'message' }],
      pauses: [],
    },
  ],
};

test('a moment of a story has what was so far, and what went on then goes on', () => {
  const [track] = storyAt(story, 20).tracks;
  expect(track?.turns).toEqual([{ id: 1, fromMs: 10, toMs: null }]);
  expect(track?.bubbles).toEqual([{ fromMs: 13, toMs: null, endedBy: null }]);
  expect(track?.requests.map(({ id }) => id)).toEqual([2]);
  expect(storyAt(story, 60)).toEqual(story);
});

test('its moments are those at which something began or ended', () => {
  expect(momentsOf(story)).toEqual([10, 12, 13, 50]);
});

test('what was saved is read again', () => {
  expect(readStory(JSON.stringify(story))).toEqual(story);
});

test.for([
  ['not JSON', 'not JSON'],
  ['[]', 'not a story'],
  ['{"beganAtMs":0,"tracks":[{"id":"a"}]}', 'not a story'],
  ['{"beganAtMs":"0","tracks":[]}', 'not a story'],
  [JSON.stringify(story).replace('"atMs":12', '"atMs":null'), 'not a story'],
] as const)('%s is refused', ([text, words]) => {
  expect(() => readStory(text)).toThrow(words);
});
