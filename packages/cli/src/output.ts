import { write } from './output-stream.ts';
import type { ChannelFlags } from './output-flags.ts';
import { type Lines, oneLine, printable, printableJson, styled } from './printable.ts';
import { wrapped } from './wrapped.ts';

/** How the command failed, for the user and for a script. Holds no stack: it is of no use to either. */
export interface Failure {
  readonly exitCode: number;
  /** For people: what went wrong, and then what to do next. */
  readonly lines: readonly string[];
  /** For scripts, with `--json`. */
  readonly data: object;
}

/** Where a command says what it did: in words for a person, or as JSON for a script. */
export interface Output {
  readonly isJson: boolean;
  /** What the command was asked for, on stdout. Called again and again by commands that go on: a line of JSON each. */
  result(data: object, text: Lines): void;
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
  result: (_data, text) => print(process.stdout, text),
  note: (text) => print(process.stderr, text),
  detail: (text) => print(process.stderr, styled('dim', text)),
  warning: (text) => print(process.stderr, `${styled('yellow', 'warning:')} ${text}`),
  failure({ lines: [first = '', ...more] }) {
    const indented = more.map((line) => `  ${line}`);
    print(process.stderr, [`${styled('red', 'error:')} ${first}`, ...indented]);
  },
};

const jsonOutput: Output = {
  isJson: true,
  result: (data) => printJson(process.stdout, data),
  note: () => {},
  detail: (text) => printJson(process.stderr, { detail: text }),
  warning: () => {},
  failure: ({ data }) => printJson(process.stderr, { error: data }),
};

/** Everything that a person reads goes through here. */
export function print(stream: NodeJS.WriteStream, text: Lines): void {
  // Broken after the cleaning: a line break of a vendor's is none of ours.
  const lines = (typeof text === 'string' ? [text] : text).flatMap((line) =>
    wrapped(oneLine(line), stream.isTTY ? stream.columns : undefined),
  );
  write(stream, lines.map((line) => `${printable(line, stream)}\n`).join(''));
}

function printJson(stream: NodeJS.WriteStream, data: object): void {
  write(stream, `${printableJson(data)}\n`);
}
