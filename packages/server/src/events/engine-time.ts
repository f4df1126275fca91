import type { Clock } from '@typingkit/core';

/** A moment on the clock of the engine, as the rest of the world writes it. `undefined`: never. */
export function dateOf(clock: Clock, engineMs: number | undefined): string | undefined {
  if (engineMs === undefined || !Number.isFinite(engineMs)) return undefined;
  return new Date(Date.now() + engineMs - clock.now()).toISOString();
}
