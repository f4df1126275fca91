import { type ReadonlySignal, signal } from '@preact/signals';
import { type Context, createContext } from 'preact';

/** The present of a story, in milliseconds since the Unix epoch. It moves with every frame while the story goes on. */
export const Now: Context<ReadonlySignal<number>> = createContext<ReadonlySignal<number>>(
  signal(0),
);
