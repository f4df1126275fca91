export type {
  Story,
  StoryBubble,
  StoryPause,
  StoryRequest,
  StoryTrack,
  StoryTurn,
} from './story/story.ts';
export { readStory } from './story/read-story.ts';
export { SaveStory } from './story/save-story.tsx';
export { momentsOf, storyAt, trackAt } from './story/story-at.ts';
export { answerInWords, markKindOf, requestInWords } from './timeline/mark-kind.ts';
export { clock } from './timeline/clock.ts';
export { everyTick } from './timeline/every-tick.ts';
export { Legend } from './timeline/legend.tsx';
export { Now } from './timeline/now.ts';
export { SpanChoice, spanSeconds } from './timeline/span-choice.tsx';
export { type PickedRequest, Timeline } from './timeline/timeline.tsx';
export { TimelineTable } from './timeline/timeline-table.tsx';
export { Choice } from './frame/choice.tsx';
export { CopyButton } from './frame/copy-button.tsx';
export { ThemeSwitch } from './frame/theme-switch.tsx';
