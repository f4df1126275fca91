import type { JSX } from 'preact';
import type { StoryTrack } from '../story/story.ts';
import { Bar } from './bar.tsx';
import { Mark } from './mark.tsx';
import { Moving } from './moving.tsx';
import { headingHeight, type Scale, trackHeight } from './scale.ts';

interface TracksProps {
  readonly track: StoryTrack;
  readonly scale: Scale;
  readonly top: number;
  /** The request that is picked, where it is one of these. */
  readonly picked: number | undefined;
  readonly onPoint: ((request: number) => void) | undefined;
}

const lines = ['bot', 'requests', 'seen'] as const;

/** The three lines of one conversation: when the bot worked, what went over the wire, what was seen. */
export function Tracks({ track, scale, top, picked, onPoint }: TracksProps): JSX.Element {
  const { id, name, colour, turns, bubbles, pauses, requests } = track;
  const { width, gutter } = scale;
  return (
    <g
      transform={`translate(0 ${top})`}
      class={`tracks is-${id}`}
      style={{ '--channel': colour ?? 'var(--accent)' }}
    >
      <line x1="0" x2={width} y1="2" y2="2" class="divider" />
      <text x="0" y="17" class="track-title">
        {name}
      </text>
      {lines.map((line, index) => (
        <g key={line}>
          <text x="0" y={middleOf(index) + 4} class="track-name">
            {line}
          </text>
          <line
            x1={gutter}
            x2={width}
            y1={middleOf(index)}
            y2={middleOf(index)}
            class="track-line"
          />
        </g>
      ))}
      <g clip-path="url(#past)">
        <Moving scale={scale}>
          {turns.map(({ id: turn, fromMs, toMs }) => (
            <Bar
              key={turn}
              kind="turn"
              scale={scale}
              fromMs={fromMs}
              toMs={toMs}
              middle={middleOf(0)}
              title="The bot worked"
            />
          ))}
          {bubbles.map(({ fromMs, toMs, endedBy }) => (
            <Bar
              key={fromMs}
              kind="bubble"
              scale={scale}
              fromMs={fromMs}
              toMs={toMs}
              middle={middleOf(2)}
              title={`Seen${endedBy === null ? '' : `, until it was ${endings[endedBy]}`}`}
            />
          ))}
        </Moving>
      </g>
      <g clip-path="url(#plot)">
        <Moving scale={scale}>
          {pauses.map(({ id: pause, fromMs, untilMs, scope }) => (
            <Bar
              key={pause}
              kind="pause"
              scale={scale}
              fromMs={fromMs}
              toMs={untilMs}
              middle={middleOf(1)}
              title={`Nothing is sent: the ${scope} is paused`}
            />
          ))}
          {requests.map((request) => (
            <Mark
              key={request.id}
              request={request}
              scale={scale}
              middle={middleOf(1)}
              isPicked={request.id === picked}
              onPoint={onPoint && (() => onPoint(request.id))}
            />
          ))}
        </Moving>
      </g>
    </g>
  );
}

const endings = {
  expired: 'expired',
  stopped: 'stopped',
  message: 'replaced by a message',
  opened: 'cleared by the app',
  replaced: 'replaced by another text',
  'another-chat': 'left for another chat',
} as const;

function middleOf(track: number): number {
  return headingHeight + (track + 0.5) * trackHeight;
}
