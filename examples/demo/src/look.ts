import { styleText } from 'node:util';

/** What a piece of the output is; what it looks like is decided here alone. */
export type Style = 'title' | 'faint' | keyof typeof formatsOfKinds;

/** How the output looks on one terminal. */
export interface Look {
  /** No line is longer, in columns. */
  readonly width: number;
  /** Whether lines may be drawn again in place. */
  readonly live: boolean;
  readonly glyphs: Glyphs;
  paint(style: Style, text: string): string;
  /** The text as this terminal can show it. */
  words(text: string): string;
}

/** One column each. */
export interface Glyphs {
  readonly work: string;
  readonly start: string;
  readonly stop: string;
  readonly message: string;
  readonly failure: string;
  readonly outage: string;
  readonly bubble: string;
  readonly hope: string;
  readonly person: string;
  readonly axis: string;
  readonly tick: string;
}

/** What there is to know of an output stream. */
export interface Output {
  readonly isTTY?: boolean | undefined;
  readonly columns?: number | undefined;
  readonly rows?: number | undefined;
}

const formatsOfKinds = {
  work: 'gray',
  start: 'cyan',
  stop: 'magenta',
  message: 'blueBright',
  failure: 'red',
  outage: 'red',
  bubble: 'green',
  hope: 'yellow',
  person: 'magenta',
} as const;
const formats = { title: 'bold', faint: 'gray', ...formatsOfKinds } as const;

/** What `willShow` of a diagnosis looks like. */
export const verdictStyles = { yes: 'bubble', no: 'failure', unknown: 'hope' } as const;

const drawn: Glyphs = {
  work: '·',
  start: '▲',
  stop: '■',
  message: '●',
  failure: '✗',
  outage: '░',
  bubble: '━',
  hope: '┄',
  person: '≈',
  axis: '─',
  tick: '┬',
};
const plain: Glyphs = {
  work: '.',
  start: '^',
  stop: 'x',
  message: '@',
  failure: '!',
  outage: '#',
  bubble: '=',
  hope: '-',
  person: '~',
  axis: '-',
  tick: '+',
};

const asciiFor: Readonly<Record<string, string>> = { '…': '...', '“': '"', '”': '"', '’': "'" };
const rowsToDrawIn = 24;

/**
 * Colour and drawn lines on a terminal, plain ASCII everywhere else.
 *
 * @see https://no-color.org
 */
export function lookOf(output: Output, environment: Readonly<NodeJS.ProcessEnv>): Look {
  const { NO_COLOR, FORCE_COLOR, TERM } = environment;
  const isForced = FORCE_COLOR !== undefined && FORCE_COLOR !== '0';
  const isFancy = !NO_COLOR && TERM !== 'dumb' && (isForced || output.isTTY === true);
  // The console of Linux has no glyphs for these.
  const glyphs = isFancy && TERM !== 'linux' ? drawn : plain;
  const columns = output.columns ?? 80;
  return {
    width: Math.min(80, Math.max(60, columns)),
    live: isFancy && output.isTTY === true && columns >= 60 && (output.rows ?? 0) >= rowsToDrawIn,
    glyphs,
    paint: (style, text) =>
      isFancy && text !== '' ? styleText(formats[style], text, { validateStream: false }) : text,
    words: (text) =>
      glyphs === drawn ? text : text.replaceAll(/[^\n -~]/g, (letter) => asciiFor[letter] ?? '?'),
  };
}

/** Breaks a text at its spaces into lines of at most `width` columns. A longer word stands alone. */
export function wrap(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/\s+/)) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else {
      line = line === '' ? word : `${line} ${word}`;
    }
  }
  return [...lines, line];
}
