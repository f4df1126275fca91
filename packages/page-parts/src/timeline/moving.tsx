import type { ComponentChildren, JSX } from 'preact';
import { useRef } from 'preact/hooks';
import { type Scale, shiftOf } from './scale.ts';
import { useEveryFrame } from './use-every-frame.ts';

interface MovingProps {
  readonly scale: Scale;
  readonly children: ComponentChildren;
}

/** What moves to the left as time passes: one attribute for each frame, and nothing is drawn anew. */
export function Moving({ scale, children }: MovingProps): JSX.Element {
  const group = useRef<SVGGElement>(null);
  useEveryFrame(scale, (now, current) =>
    group.current?.setAttribute('transform', `translate(${shiftOf(current, now)} 0)`),
  );
  return <g ref={group}>{children}</g>;
}
