import type { Look } from './look.ts';

/** Where the demo writes. */
export interface Screen {
  print(...lines: readonly string[]): void;
  /** Draws a picture in the place of the last one; where that cannot be, only `settle` prints it. */
  draw(lines: readonly string[]): void;
  /** The last picture stays, and writing goes on below it. */
  settle(): void;
}

const hideCursor = '\u001B[?25l';
const showCursor = '\u001B[?25h';
const clearToEndOfLine = '\u001B[K';
const clearBelow = '\u001B[J';

export function createScreen(write: (text: string) => void, look: Look): Screen {
  let picture: readonly string[] = [];
  let isDrawn = false;

  const screen: Screen = {
    print(...lines) {
      write(lines.map((line) => `${line}\n`).join(''));
    },
    draw(lines) {
      if (look.live) {
        const back = isDrawn ? `\u001B[${picture.length}A` : hideCursor;
        write(
          `${back}${lines.map((line) => `${line}${clearToEndOfLine}\n`).join('')}${clearBelow}`,
        );
        isDrawn = true;
      }
      picture = lines;
    },
    settle() {
      if (isDrawn) write(showCursor);
      else screen.print(...picture);
      picture = [];
      isDrawn = false;
    },
  };
  return screen;
}
