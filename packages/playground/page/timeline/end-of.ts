import { momentsOf, type Story } from '@typingkit/page-parts';

/** When the last thing happened. */
export function endOf(story: Story): number {
  return momentsOf(story).at(-1) ?? story.beganAtMs;
}
