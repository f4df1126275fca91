import { type IPty, spawn } from '@lydell/node-pty';
import xterm from '@xterm/headless';
import { tmpdir } from 'node:os';
import { bin } from './run-cli.ts';

/** A command in a pseudo-terminal, and what stands on its screen. */
export interface Terminal {
  readonly exitCode: Promise<number>;
  /** Everything that was written, control characters and all. */
  written(): string;
  /** The lines on the screen, without the empty ones at the end. */
  lines(): string[];
  /** Resolves with the lines as soon as the screen matches. */
  shows(pattern: RegExp): Promise<string[]>;
  /** Types on its keyboard. */
  type(keys: string): void;
  /** Closes its window. */
  close(): void;
}

export const ctrlC = '\u0003';

/** @param launcher a program that starts the command, with its arguments. Default: none. */
export function openTerminal(
  args: readonly string[],
  env: Readonly<Record<string, string>>,
  columns = 100,
  launcher: readonly string[] = [],
): Terminal {
  const size = { cols: columns, rows: 24 };
  const screen = new xterm.Terminal({ ...size, allowProposedApi: true });
  const [file = process.execPath, ...rest] = [...launcher, process.execPath, bin, ...args];
  const child = spawn(file, rest, {
    ...size,
    name: env['TERM'] ?? 'xterm-256color',
    cwd: tmpdir(),
    env: { PATH: process.env['PATH'], ...env },
  });
  let written = '';
  const watchers = new Set<() => void>();
  child.onData((data) => {
    written += data;
    screen.write(data, () => {
      for (const watcher of watchers) watcher();
    });
  });
  const lines = (): string[] => linesOf(screen);
  return {
    exitCode: new Promise((resolve) => {
      // When what was written before stands on the screen.
      child.onExit(({ exitCode }) => screen.write('', () => resolve(exitCode)));
    }),
    written: () => written,
    lines,
    shows: (pattern) =>
      new Promise((resolve) => {
        const look = (): void => {
          if (!pattern.test(lines().join('\n'))) return;
          watchers.delete(look);
          resolve(lines());
        };
        watchers.add(look);
        look();
      }),
    type: (keys) => child.write(keys),
    // Not in its types: https://github.com/microsoft/node-pty/blob/main/src/unixTerminal.ts
    close: () => (child as IPty & { destroy(): void }).destroy(),
  };
}

function linesOf({ buffer: { active } }: xterm.Terminal): string[] {
  const lines = Array.from(
    { length: active.length },
    (_, row) => active.getLine(row)?.translateToString(true) ?? '',
  );
  return lines.slice(0, lines.findLastIndex((line) => line !== '') + 1);
}
