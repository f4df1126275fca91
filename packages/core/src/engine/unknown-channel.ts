import { closest, distance } from 'fastest-levenshtein';
import { TypingError } from '../contract/typing-error.ts';

/** @param known the channels there are. */
export function unknownChannel(channel: unknown, known: readonly string[]): TypingError {
  const name = String(channel).slice(0, 50);
  return new TypingError({
    code: 'unknown-channel',
    reason: `there is no channel called ${JSON.stringify(name)}`,
    advice: [suggestion(name, known), list(known)].filter(Boolean).join(' '),
  });
}

function suggestion(name: string, known: readonly string[]): string | undefined {
  if (known.length === 0) return undefined;
  const nearest = closest(name.toLowerCase(), [...known]);
  const isNear = distance(name.toLowerCase(), nearest) <= Math.ceil(nearest.length / 3);
  return isNear ? `Did you mean ${JSON.stringify(nearest)}?` : undefined;
}

function list(known: readonly string[]): string {
  return known.length === 0
    ? 'No channel is configured.'
    : `The channels are ${known.map((channel) => JSON.stringify(channel)).join(', ')}.`;
}
