import { TypingError } from '../contract/typing-error.ts';
import { didYouMean } from './arguments/nearest-name.ts';

/** @param known the channels there are. */
export function unknownChannel(channel: unknown, known: readonly string[]): TypingError {
  if (typeof channel !== 'string') {
    const reason = 'the channel must be a string';
    return new TypingError({ code: 'unknown-channel', reason, advice: list(known) });
  }
  const name = channel.slice(0, 50);
  return new TypingError({
    code: 'unknown-channel',
    reason: `there is no channel called ${JSON.stringify(name)}`,
    advice: [didYouMean(name, known), list(known)].filter(Boolean).join(' '),
  });
}

function list(known: readonly string[]): string {
  return known.length === 0
    ? 'No channel is configured.'
    : `The channels are ${known.map((channel) => JSON.stringify(channel)).join(', ')}.`;
}
