import { useSignal, useSignalEffect } from '@preact/signals';
import { useContext } from 'preact/hooks';
import { Now } from './now.ts';
import type { Scale } from './scale.ts';

/** Calls a function whenever time or the scale has moved. */
export function useEveryFrame(scale: Scale, run: (nowMs: number, scale: Scale) => void): void {
  const now = useContext(Now);
  const current = useSignal(scale);
  current.value = scale;
  useSignalEffect(() => run(now.value, current.value));
}
