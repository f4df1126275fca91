import type { JSX } from 'preact';
import { channelRows } from '../../src/protocol/channels/channel-rows.ts';
import type { PhoneChannel } from '../../src/protocol/settings.ts';
import type { PhoneSnapshot } from '../../src/protocol/snapshot.ts';
import { lookOf } from '../phone/look-of.ts';
import { Bar } from './bar.tsx';
import { Mark } from './mark.tsx';
import { Moving } from './moving.tsx';
import { type Scale, trackHeight } from './scale.ts';

interface PhoneTracksProps {
  readonly channel: PhoneChannel;
  readonly phone: PhoneSnapshot;
  readonly scale: Scale;
  readonly top: number;
}

const names = ['bot', 'requests', 'seen'] as const;

/** One phone's three tracks: when the bot worked, what went over the wire, what was seen. */
export function PhoneTracks({ channel, phone, scale, top }: PhoneTracksProps): JSX.Element {
  const { width, gutter } = scale;
  return (
    <g transform={`translate(0 ${top})`} class={`tracks is-${channel}`} style={lookOf(channel)}>
      <line x1="0" x2={width} y1="4" y2="4" class="divider" />
      <text x="0" y="20" class="track-title">
        {channelRows[channel].name}
      </text>
      {names.map((name, index) => (
        <g key={name}>
          <text x="0" y={middleOf(index) + 4} class="track-name">
            {name}
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
          {phone.turns.map(({ id, fromMs, toMs }) => (
            <Bar
              key={id}
              kind="turn"
              scale={scale}
              fromMs={fromMs}
              toMs={toMs}
              middle={middleOf(0)}
              title="The bot worked"
            />
          ))}
          {phone.bubbles.map(({ fromMs, toMs, endedBy }) => (
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
          {phone.pauses.map(({ id, fromMs, untilMs, scope }) => (
            <Bar
              key={id}
              kind="pause"
              scale={scale}
              fromMs={fromMs}
              toMs={untilMs}
              middle={middleOf(1)}
              title={`Nothing is sent: the ${scope} is paused`}
            />
          ))}
          {phone.requests.map((request) => (
            <Mark key={request.id} request={request} scale={scale} middle={middleOf(1)} />
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
  return 26 + (track + 0.5) * trackHeight;
}
