import { clearingsOf } from './session-fate.ts';
import type { Moment, Story } from './story.ts';
import { isOver, stopsOf } from './wire-calls.ts';

/** A span of time in one conversation: after a moment, until some time. */
export interface Span {
  readonly conversation: string;
  readonly from: Moment;
  readonly untilMs: number;
}

/** Whether nobody stopped a conversation within a span, and no message went out to it. */
export function isUndisturbed(story: Story, { conversation, from, untilMs }: Span): boolean {
  const isWithin = ({ order, atMs }: Moment): boolean => order > from.order && atMs <= untilMs + 1;
  return (
    Number.isFinite(untilMs) &&
    !stopsOf(story, conversation).some((stop) => isWithin(stop.called) || !isOver(stop, from)) &&
    !clearingsOf(story, conversation).some(isWithin) &&
    !story.messages.some((one) => one.conversation === conversation && isWithin(one))
  );
}

/** Whether the vendor of a conversation accepted every start until some time, as far as the engine knows. */
export function isWell({ wire }: Story, conversation: string, untilMs: number): boolean {
  const [channel] = conversation.split('/');
  return wire.every(
    ({ kind, channel: own, called, learned }) =>
      kind === 'stop' ||
      own !== channel ||
      called.atMs > untilMs ||
      (learned !== undefined && learned.code === undefined),
  );
}
