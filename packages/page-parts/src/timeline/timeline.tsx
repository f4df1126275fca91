import type { JSX } from 'preact';
import { useRef } from 'preact/hooks';
import type { Story } from '../story/story.ts';
import { Axis } from './axis.tsx';
import { Moving } from './moving.tsx';
import { NowLine, PastOnly } from './now-line.tsx';
import { groupHeight, rulerHeight, scaleOf } from './scale.ts';
import { Tracks } from './tracks.tsx';
import { useWidth } from './use-width.ts';

interface TimelineProps {
  readonly story: Story;
  /** How much of it is drawn, in milliseconds back from now. */
  readonly spanMs: number;
}

/** The drawing. For those who do not see it, the table below says the same. */
export function Timeline({ story, spanMs }: TimelineProps): JSX.Element {
  const box = useRef<HTMLDivElement>(null);
  const width = useWidth(box);
  const scale = scaleOf(width, spanMs, story.beganAtMs);
  const { tracks } = story;
  const height = rulerHeight + tracks.length * groupHeight;
  const { gutter } = scale;
  return (
    <div ref={box} class="timeline">
      <svg
        width={width}
        height={height}
        role="img"
        aria-label="What went over the wire and what was seen, on one time axis. The table below shows the same."
      >
        <defs>
          <clipPath id="plot">
            <rect x={gutter} y="0" width={Math.max(0, width - gutter)} height={height} />
          </clipPath>
          <PastOnly scale={scale} height={height} />
          <pattern
            id="hatch"
            width="7"
            height="7"
            patternUnits="userSpaceOnUse"
            patternTransform="rotate(45)"
          >
            <rect width="3" height="7" class="hatch" />
          </pattern>
        </defs>
        <Axis scale={scale} height={height} />
        {tracks.map((track, index) => (
          <Tracks
            key={track.id}
            track={track}
            scale={scale}
            top={rulerHeight + index * groupHeight}
          />
        ))}
        <g clip-path="url(#plot)">
          <Moving scale={scale}>
            <line x1="0" x2="0" y1={rulerHeight} y2={height} class="began" />
          </Moving>
        </g>
        <NowLine scale={scale} height={height} />
      </svg>
    </div>
  );
}
