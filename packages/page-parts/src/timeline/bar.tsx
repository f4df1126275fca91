import type { JSX } from 'preact';
import { type Scale, xOf } from './scale.ts';

interface BarProps {
  readonly kind: 'turn' | 'bubble' | 'pause';
  readonly scale: Scale;
  readonly fromMs: number;
  /** `null`: it lasts still, and is cut off at now. */
  readonly toMs: number | null;
  readonly middle: number;
  readonly title: string;
}

const heights = { turn: 6, bubble: 15, pause: 17 } as const;

/** Something that lasted. */
export function Bar({ kind, scale, fromMs, toMs, middle, title }: BarProps): JSX.Element {
  const x = xOf(scale, fromMs);
  const height = heights[kind];
  // As far as a snapshot may be late, and more.
  const end = toMs === null ? x + scale.width + 3_600_000 * scale.pixelsPerMs : xOf(scale, toMs);
  return (
    <rect
      class={`bar is-${kind}`}
      x={x}
      y={middle - height / 2}
      width={Math.max(2, end - x)}
      height={height}
      rx={Math.min(8, height / 2)}
    >
      <title>{title}</title>
    </rect>
  );
}
