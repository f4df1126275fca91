import { channelNames } from '../schedule.ts';
import type { Moment, Story, WireCall } from '../story.ts';
import { consequenceOf, isOver, tell } from '../wire-calls.ts';
import { firstOf, type Promised } from './promised.ts';

const firstMs = 1_000;
const longestMs = 300_000;

interface Suspension {
  readonly since: Moment;
  readonly forMs: number;
  readonly untilMs: number;
}

/** Design 4.5, `unauthenticated`. */
export const theCredentialIsSuspended: readonly Promised[] = [
  {
    promise: 'unauthenticated: one probe of the credential at a time, after 1, 2, 4 … 300 s',
    broken: (story) => firstOf(channelNames, (channel) => startWhileSuspended(story, channel)),
  },
];

function startWhileSuspended(story: Story, channel: string): string | undefined {
  const starts = story.wire.filter((call) => call.kind === 'start' && call.channel === channel);
  const happenings = starts
    .flatMap((start) => [
      { order: start.called.order, start, isCall: true },
      ...(start.learned ? [{ order: orderOfNews(start), start, isCall: false }] : []),
    ])
    .toSorted((one, other) => one.order - other.order);
  let suspension: Suspension | undefined;
  for (const { start, isCall } of happenings) {
    if (!isCall) {
      suspension = afterAnswer(suspension, start);
    } else if (suspension) {
      const { since, untilMs } = suspension;
      if (start.called.atMs < untilMs - 0.001) return `${tell(start)} came before ${untilMs} ms`;
      const probe = starts.find(
        (one) =>
          one.called.order > since.order &&
          (one.sent?.order ?? Infinity) < start.called.order &&
          !isOver(one, start.called),
      );
      if (probe) return `${tell(start)} went out beside ${tell(probe)}`;
    }
  }
  return undefined;
}

function afterAnswer(
  suspension: Suspension | undefined,
  { learned, called }: WireCall,
): Suspension | undefined {
  if (!learned) return suspension;
  const { code, atMs } = learned;
  const consequence = code === undefined ? undefined : consequenceOf(code);
  const isProbe = suspension !== undefined && called.order > suspension.since.order;
  // What was sent before the key was refused tells nothing about it, not even by its success.
  if (suspension && !isProbe) return suspension;
  if (consequence === 'suspend') {
    const forMs = suspension ? Math.min(2 * suspension.forMs, longestMs) : firstMs;
    return { since: suspension?.since ?? learned, forMs, untilMs: atMs + forMs };
  }
  // The vendor never looked at the key.
  const isNoVerdict = consequence === 'count' || consequence === 'wait';
  return suspension && isNoVerdict
    ? { ...suspension, untilMs: atMs + suspension.forMs }
    : undefined;
}

// Those who wait for the credential go on before the observer hears that a start was accepted.
function orderOfNews({ learned, settled }: WireCall): number {
  const isAccepted = learned?.code === undefined;
  return (isAccepted ? settled?.order : undefined) ?? learned?.order ?? Infinity;
}
