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
  /** The request that somebody looks at. */
  readonly picked?: PickedRequest | undefined;
  /** Called where the pointer, or an arrow key, comes to a request. Left out: none can be picked. */
  readonly onPick?: ((picked: PickedRequest) => void) | undefined;
}

/** One request of a story. */
export interface PickedRequest {
  readonly track: string;
  readonly request: number;
}

/** The drawing. For those who do not see it, the table below says the same. */
export function Timeline({ story, spanMs, picked, onPick }: TimelineProps): JSX.Element {
  const box = useRef<HTMLDivElement>(null);
  const width = useWidth(box);
  const scale = scaleOf(width, spanMs, story.beganAtMs);
  const { tracks } = story;
  const height = rulerHeight + tracks.length * groupHeight;
  const { gutter } = scale;
  const pickable = onPick && {
    tabIndex: 0,
    role: 'group' as const,
    'aria-label': 'Requests: the arrow keys go from one to the next',
    onKeyDown(event: KeyboardEvent) {
      const next = neighbour(story, picked, steps[event.key]);
      if (!next) return;
      event.preventDefault();
      onPick(next);
    },
  };
  return (
    <div ref={box} class="timeline" {...pickable}>
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
            picked={picked?.track === track.id ? picked.request : undefined}
            onPoint={onPick && ((request) => onPick({ track: track.id, request }))}
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

const steps: Readonly<Partial<Record<string, 1 | -1>>> = { ArrowLeft: -1, ArrowRight: 1 };

/** The request before or after one in time, whichever track it is on; the newest where none is picked. */
function neighbour(
  { tracks }: Story,
  picked: PickedRequest | undefined,
  step: 1 | -1 | undefined,
): PickedRequest | undefined {
  if (step === undefined) return undefined;
  const all = tracks
    .flatMap(({ id: track, requests }) =>
      requests.map(({ id: request, atMs }) => ({ track, request, atMs })),
    )
    .toSorted((one, other) => one.atMs - other.atMs);
  const index = all.findIndex(
    ({ track, request }) => track === picked?.track && request === picked.request,
  );
  const next = index < 0 ? all.at(-1) : all[index + step];
  return next && { track: next.track, request: next.request };
}
