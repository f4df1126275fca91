import { styleText } from 'node:util';
import type { ChannelFlags } from './output-flags.ts';

/** A colour or an emphasis. */
export type Style = Parameters<typeof styleText>[0];

/** How the command failed, for the user and for a script. Holds no stack: it is of no use to either. */
export interface Failure {
  readonly exitCode: number;
  /** For people: what went wrong, and then what to do next, a line each. */
  readonly text: string;
  /** For scripts, with `--json`. */
  readonly data: object;
}

/** Where a command says what it did: in words for a person, or as JSON for a script. */
export interface Output {
  readonly isJson: boolean;
  /** What the command was asked for, on stdout. Called again and again by commands that go on: a line of JSON each. */
  result(data: object, text: string): void;
  /** What helps a person and nobody else: not there with `--json`. On stderr, so that a pipe gets results only. */
  note(text: string): void;
  /** What happens on the way, on stderr: there with `--verbose` only. */
  detail(text: string): void;
  /** What the user should know although it worked. Part of the result for scripts, so not there with `--json`. */
  warning(text: string): void;
  failure(failure: Failure): void;
}

export function outputFor({ json, verbose }: ChannelFlags): Output {
  const output = json === true ? jsonOutput : textOutput;
  return verbose === true ? output : { ...output, detail: () => {} };
}

const textOutput: Output = {
  isJson: false,
  result: (_data, text) => void process.stdout.write(`${text}\n`),
  note: (text) => void process.stderr.write(`${text}\n`),
  detail: (text) => void process.stderr.write(`${styled('dim', text, process.stderr)}\n`),
  warning(text) {
    process.stderr.write(`${styled('yellow', 'warning:', process.stderr)} ${text}\n`);
  },
  failure({ text }) {
    process.stderr.write(`${styled('red', 'error:', process.stderr)} ${indented(text)}\n`);
  },
};

const jsonOutput: Output = {
  isJson: true,
  result: (data) => void process.stdout.write(`${JSON.stringify(data)}\n`),
  note: () => {},
  detail: (text) => void process.stderr.write(`${JSON.stringify({ detail: text })}\n`),
  warning: () => {},
  failure: ({ data }) => void process.stderr.write(`${JSON.stringify({ error: data })}\n`),
};

function indented(text: string): string {
  return text.replaceAll('\n', '\n  ');
}

/** Colour where the terminal has some, and neither `NO_COLOR` nor `FORCE_COLOR` says otherwise. */
export function styled(
  style: Style,
  text: string,
  stream: NodeJS.WriteStream = process.stdout,
): string {
  return styleText(style, text, { stream, validateStream: true });
}
