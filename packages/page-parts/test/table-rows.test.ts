import { expect, test } from 'vitest';
import type { Story } from '../src/story/story.ts';
import { tableRows } from '../src/timeline/table-rows.ts';

const story: Story = {
  beganAtMs: 0,
  tracks: [
    {
      id: 'imessage',
      name: 'iMessage',
      turns: [{ id: 1, fromMs: 10, toMs: null }],
      requests: [{ id: 2, kind: 'start', atMs: 20, status: 204, fault: null, hiddenBecause: null }],
      bubbles: [{ fromMs: 21, toMs: null, endedBy: null }],
      pauses: [],
    },
    {
      id: 'linkedin',
      name: 'LinkedIn',
      turns: [],
      requests: [],
      bubbles: [],
      pauses: [{ id: 3, scope: 'budget', fromMs: 15, untilMs: 40 }],
    },
  ],
};

test('the table says what is drawn, newest first', () => {
  expect(
    tableRows(story).map(({ where, what, fromMs, toMs }) => [fromMs, toMs, where, what]),
  ).toEqual([
    [21, null, 'iMessage', '“typing…” is on the screen'],
    [20, 20, 'iMessage', 'Start: 204'],
    [15, 40, 'LinkedIn', 'Nothing is sent: the budget is paused'],
  ]);
});
