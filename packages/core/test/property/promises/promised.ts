import type { Story } from '../story.ts';

/** One promise of the design, and how to see that a story breaks it. */
export interface Promised {
  /** As the design says it. */
  readonly promise: string;
  /** Tells how it was broken; nothing where it was kept. */
  readonly broken: (story: Story) => string | undefined;
}

/** The first thing that breaks a promise. */
export function firstOf<T>(
  things: Iterable<T>,
  broken: (thing: T) => string | undefined,
): string | undefined {
  for (const thing of things) {
    const how = broken(thing);
    if (how !== undefined) return how;
  }
  return undefined;
}
