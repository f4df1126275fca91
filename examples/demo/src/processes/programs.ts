import { fileURLToPath } from 'node:url';
import { type Child, startChild } from '../child.ts';

/** The programs of examples/three-processes. */
export type ProgramName = 'webhook' | 'worker' | 'sender';

/** What a program printed. */
export interface Line {
  readonly by: ProgramName;
  readonly atMs: number;
  /** `started`, `refreshed`…: an event of typingkit. The others are the program's own. */
  readonly text: string;
}

/** One of them, running. */
export interface Program {
  /** Ends it without a chance to clean up. */
  kill(): Promise<void>;
  stop(): Promise<void>;
  /** Rejects with a sentence where it ended and nobody had told it to. */
  readonly ended: Promise<void>;
}

const preload = new URL('end-with-parent.ts', import.meta.url).href;

/** Starts a program as it stands, and writes down what it prints. */
export function startProgram(
  name: ProgramName,
  environment: NodeJS.ProcessEnv,
  onLine: (line: Line) => void,
): Program {
  const file = fileURLToPath(new URL(`../../../three-processes/src/${name}.ts`, import.meta.url));
  const options = `${environment['NODE_OPTIONS'] ?? ''} --import=${preload}`.trim();
  const child = startChild(`The ${name}`, file, [], { ...environment, NODE_OPTIONS: options });
  void listen(name, child, onLine);
  return child;
}

async function listen(by: ProgramName, { lines }: Child, onLine: (line: Line) => void) {
  for (let line = await lines.next(); !line.done; line = await lines.next()) {
    onLine({ by, atMs: Date.now(), text: line.value });
  }
}
