import { readStory, SaveStory, type Story } from '@typingkit/page-parts';
import type { JSX, RefObject } from 'preact';
import { refusal } from '../state/ask.ts';
import { headMs, replayed } from '../state/view.ts';

interface StoryFilesProps {
  readonly story: Story;
  /** Where it is drawn. */
  readonly drawing: RefObject<HTMLElement | null>;
}

/** Saves what is on the timeline, as a picture or to be played again, and plays what was saved here or by the inspector. */
export function StoryFiles({ story, drawing }: StoryFilesProps): JSX.Element {
  return (
    <div class="story-files">
      <SaveStory story={story} name="typingkit" drawing={drawing} />
      <label class="button">
        Replay a file
        <input
          class="visually-hidden"
          type="file"
          accept="application/json,.json"
          onChange={(event) => void open(event.currentTarget.files?.[0])}
        />
      </label>
    </div>
  );
}

async function open(file: File | undefined): Promise<void> {
  if (!file) return;
  try {
    replayed.value = readStory(await file.text());
    headMs.value = null;
    refusal.value = '';
  } catch (error) {
    refusal.value = error instanceof Error ? error.message : String(error);
  }
}
