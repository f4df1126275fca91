import { useRef } from 'preact/hooks';
import type { PhoneChannel } from '../../src/protocol/settings.ts';
import { personTypes } from '../state/ask.ts';

/** How long nothing may be typed before it counts as ceased, in milliseconds. */
const pauseMs = 4_000;

/** Tells the vendor that the person types, as a messages app does: when it begins and when it ends. */
export function usePersonTyping(channel: PhoneChannel): { types: () => void; ceases: () => void } {
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const isTyping = useRef(false);
  const tell = (next: boolean): void => {
    if (next === isTyping.current) return;
    isTyping.current = next;
    void personTypes(channel, next);
  };
  const ceases = (): void => {
    clearTimeout(timer.current);
    tell(false);
  };
  const types = (): void => {
    clearTimeout(timer.current);
    timer.current = setTimeout(ceases, pauseMs);
    tell(true);
  };
  return { types, ceases };
}
