import { useComputed } from '@preact/signals';
import type { JSX } from 'preact';
import { useContext } from 'preact/hooks';
import { clock } from './clock.ts';
import { Moving } from './moving.tsx';
import { Now } from './now.ts';
import { rulerHeight, type Scale } from './scale.ts';

const stepsSeconds = [1, 2, 5, 10, 15, 30, 60, 120, 300];
const leastPixels = 64;

/** The ticks of time, counted from when the story began. */
export function Axis({
  scale,
  height,
}: {
  readonly scale: Scale;
  readonly height: number;
}): JSX.Element {
  const now = useContext(Now);
  const { pixelsPerMs, beganAtMs, spanMs } = scale;
  const stepMs =
    1000 * (stepsSeconds.find((seconds) => seconds * 1000 * pixelsPerMs >= leastPixels) ?? 600);
  // Changes once for each step, not with each frame.
  const last = useComputed(() => Math.ceil((now.value - beganAtMs) / stepMs) + 1).value;
  const first = Math.max(0, last - Math.ceil(spanMs / stepMs) - 2);
  const ticks = Array.from({ length: last - first + 1 }, (_, index) => first + index);
  return (
    <g clip-path="url(#plot)">
      <Moving scale={scale}>
        {ticks.map((tick) => (
          <g key={tick} transform={`translate(${tick * stepMs * pixelsPerMs} 0)`}>
            <line y1={rulerHeight - 6} y2={height} class="tick" />
            <text y={rulerHeight - 12} x="4" class="tick-text">
              {clock(tick * stepMs)}
            </text>
          </g>
        ))}
      </Moving>
    </g>
  );
}
