import type { JSX, RefObject } from 'preact';
import { save } from '../frame/save.ts';
import { pictureOf } from '../timeline/picture.ts';
import type { Story } from './story.ts';

interface SaveStoryProps {
  readonly story: Story;
  /** What the files are called, without their ends. */
  readonly name: string;
  /** Where it is drawn. */
  readonly drawing: RefObject<HTMLElement | null>;
}

/** Saves a story as a picture, or to be played again. */
export function SaveStory({ story, name, drawing }: SaveStoryProps): JSX.Element {
  return (
    <>
      <button
        class="button"
        type="button"
        onClick={() => {
          const picture = drawing.current?.querySelector('svg');
          if (picture) save(`${name}.svg`, 'image/svg+xml', pictureOf(picture));
        }}
      >
        Save as SVG
      </button>
      <button
        class="button"
        type="button"
        onClick={() => save(`${name}.json`, 'application/json', JSON.stringify(story, null, 2))}
      >
        Save as JSON
      </button>
    </>
  );
}
