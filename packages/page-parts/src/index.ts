export type {
  Story,
  StoryBubble,
  StoryPause,
  StoryRequest,
  StoryTrack,
  StoryTurn,
} from './story/story.ts';
export { readStory } from './story/read-story.ts';
export { momentsOf, storyAt, trackAt } from './story/story-at.ts';
export { answerInWords, markKindOf, requestInWords } from './timeline/mark-kind.ts';
export { clock } from './timeline/clock.ts';
export { Legend } from './timeline/legend.tsx';
export { Now } from './timeline/now.ts';
export { pictureOf } from './timeline/picture.ts';
export { type PickedRequest, Timeline } from './timeline/timeline.tsx';
export { TimelineTable } from './timeline/timeline-table.tsx';
export { Choice } from './frame/choice.tsx';
export { CopyButton } from './frame/copy-button.tsx';
export { save } from './frame/save.ts';
export { ThemeSwitch } from './frame/theme-switch.tsx';
