import { useSignal, useSignalEffect } from '@preact/signals';
import { nowMs } from '../state/ticking.ts';
import type { Scale } from './scale.ts';

/** Calls a function whenever time or the scale has moved. */
export function useEveryFrame(scale: Scale, run: (nowMs: number, scale: Scale) => void): void {
  const current = useSignal(scale);
  current.value = scale;
  useSignalEffect(() => run(nowMs.value, current.value));
}
