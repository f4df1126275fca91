import { write } from './output-stream.ts';
import { plain, printable, type Style, styled } from './printable.ts';

/** One line of a terminal that is written again and again. Nothing but "\r" and "clear the line", which every console knows. */
export class LiveLine {
  readonly #terminal: NodeJS.WriteStream;
  #text = '';

  constructor(terminal: NodeJS.WriteStream) {
    this.#terminal = terminal;
  }

  /** Whether this stream can show one: not a pipe, not a file, not a dumb terminal. */
  static fits({ isTTY }: NodeJS.WriteStream): boolean {
    return isTTY && process.env['TERM'] !== 'dumb';
  }

  /** Shows a text in place of the one before. What is wider than the terminal is cut off: a wrapped line stays behind. */
  draw(text: string, style: Style): void {
    const shown = plain(text).slice(0, this.#terminal.columns - 1);
    this.#text = printable(styled(style, shown), this.#terminal);
    write(this.#terminal, `${clear}${this.#text}`);
  }

  /** Writes a line that stays, above the live one. */
  print(line: string): void {
    write(this.#terminal, `${clear}${printable(line, this.#terminal)}\n${this.#text}`);
  }

  /** Puts a last line that stays in place of the live one. */
  end(line: string): void {
    write(this.#terminal, `${clear}${printable(line, this.#terminal)}\n`);
  }
}

const clear = '\r\u001B[2K';
