import type { SessionState, TypingSession } from '../../api/session.ts';

/** What is shown of a session: enough to recognise it, and no id of a recipient. */
export interface SessionPortrait {
  readonly channel: string;
  readonly state: SessionState;
  readonly ageMs: number;
  readonly label?: string;
}

/** A session that can draw its own portrait. */
interface Portrayed {
  toJSON(): SessionPortrait;
}

type Inspect = (value: unknown, options: unknown) => string;

export function portraitOf(
  { label, state }: Pick<TypingSession, 'label' | 'state'>,
  channel: string,
  ageMs: number,
): SessionPortrait {
  return { channel, state, ageMs: Math.round(ageMs), ...(label !== undefined && { label }) };
}

/** Lets `console.log` show the portrait of sessions, not what the engine keeps in them. Node, Bun and Deno ask for it. */
export function makePrintable(prototype: Portrayed): void {
  Object.defineProperty(prototype, Symbol.for('nodejs.util.inspect.custom'), {
    value(this: Portrayed, _depth: number, options: unknown, inspect: Inspect = asJson): string {
      return `TypingSession ${inspect(this.toJSON(), options)}`;
    },
  });
}

// A runtime that does not hand in its own.
const asJson: Inspect = (value) => JSON.stringify(value);
