import type { JSX } from 'preact';
import { useRef } from 'preact/hooks';
import { nowXOf, rulerHeight, type Scale } from './scale.ts';
import { useEveryFrame } from './use-every-frame.ts';

interface NowProps {
  readonly scale: Scale;
  readonly height: number;
}

/** The line at which the present is. */
export function NowLine({ scale, height }: NowProps): JSX.Element {
  const group = useRef<SVGGElement>(null);
  useEveryFrame(scale, (now, current) =>
    group.current?.setAttribute('transform', `translate(${nowXOf(current, now)} 0)`),
  );
  return (
    <g ref={group}>
      <line y1={rulerHeight - 8} y2={height} class="now" />
      <rect x="-19" y="2" width="38" height="19" rx="9.500" class="now-flag" />
      <text y="15.500" class="now-text" text-anchor="middle">
        now
      </text>
    </g>
  );
}

/** Cuts off at the present what has no end yet. */
export function PastOnly({ scale, height }: NowProps): JSX.Element {
  const { gutter } = scale;
  const area = useRef<SVGRectElement>(null);
  useEveryFrame(scale, (now, current) =>
    area.current?.setAttribute('width', String(nowXOf(current, now) - current.gutter)),
  );
  return (
    <clipPath id="past">
      <rect ref={area} x={gutter} y="0" height={height} />
    </clipPath>
  );
}
