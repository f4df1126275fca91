import type { Story, StoryBubble, StoryTrack, StoryTurn } from './story.ts';

/** A story as it was at a moment: what came later is not in it, and what went on then goes on. */
export function storyAt(story: Story, atMs: number): Story {
  return { ...story, tracks: story.tracks.map((track) => trackAt(track, atMs)) };
}

/** The same of one track. */
export function trackAt<
  Track extends Pick<StoryTrack, 'turns' | 'requests' | 'bubbles' | 'pauses'>,
>(track: Track, atMs: number): Track {
  const began = ({ fromMs }: { readonly fromMs: number }): boolean => fromMs <= atMs;
  const goesOn = (toMs: number | null): boolean => toMs === null || toMs > atMs;
  const turnThen = (turn: StoryTurn): StoryTurn =>
    goesOn(turn.toMs) ? { ...turn, toMs: null } : turn;
  const bubbleThen = (bubble: StoryBubble): StoryBubble =>
    goesOn(bubble.toMs) ? { ...bubble, toMs: null, endedBy: null } : bubble;
  return {
    ...track,
    turns: track.turns.filter(began).map(turnThen),
    bubbles: track.bubbles.filter(began).map(bubbleThen),
    requests: track.requests.filter((request) => request.atMs <= atMs),
    pauses: track.pauses.filter(began),
  };
}

/** When something began or ended, oldest first, each once. */
export function momentsOf({ tracks }: Story): readonly number[] {
  const moments = tracks.flatMap(({ turns, bubbles, requests }) => [
    ...[...turns, ...bubbles].flatMap(({ fromMs, toMs }) =>
      toMs === null ? [fromMs] : [fromMs, toMs],
    ),
    ...requests.map(({ atMs }) => atMs),
  ]);
  return [...new Set(moments)].toSorted((one, other) => one - other);
}
