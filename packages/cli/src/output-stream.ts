import { CommandError } from './command-error.ts';
import { exitCodes, exitCodesOfSignals } from './exit-codes.ts';

/** What became of stdout. */
export interface OutputLoss {
  readonly error: CommandError;
  /** Whether a command that would have gone on has ended for it. */
  readonly hasInterrupted: boolean;
}

let loss: OutputLoss | undefined;
let isWatched = false;
const lost = new WeakSet<NodeJS.WriteStream>();
const listeners = new Set<() => void>();

/** Keeps the process alive where its output ends before it does: a closed terminal, `| head`, a full disk. */
export function watchOutput(): void {
  if (isWatched) return;
  isWatched = true;
  for (const stream of [process.stdout, process.stderr])
    stream.on('error', (error) => lose(stream, error));
}

/** Writes, and never throws. Into a stream that is lost nothing is written any more. */
export function write(stream: NodeJS.WriteStream, text: string): void {
  if (lost.has(stream)) return;
  try {
    stream.write(text);
  } catch (error) {
    // A file is written at once, and so fails at once.
    lose(stream, error);
  }
}

/** Calls back when stdout is lost. @returns what takes the listener away. */
export function onOutputLoss(listener: () => void): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

/** What became of stdout, once everything that was written has arrived or failed; `undefined` where all is well. */
export async function outputLoss(): Promise<OutputLoss | undefined> {
  if (!loss) await new Promise<void>((resolve) => process.stdout.write('', () => resolve()));
  return loss;
}

/** Of stderr nothing depends: what cannot be said there is not said. */
function lose(stream: NodeJS.WriteStream, error: unknown): void {
  lost.add(stream);
  if (stream !== process.stdout || loss) return;
  loss = { error: commandErrorOf(error), hasInterrupted: listeners.size > 0 };
  for (const listener of listeners) listener();
}

function commandErrorOf(error: unknown): CommandError {
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
  switch (code) {
    case 'EIO':
      return new CommandError(
        'The terminal was closed',
        'Run the command in a terminal that stays open, or with nohup.',
        exitCodesOfSignals.SIGHUP,
      );
    case 'EPIPE':
    case 'EOF':
    case 'ERR_STREAM_DESTROYED':
      return new CommandError(
        'The program that reads the output has ended',
        'Check the output of that program.',
        exitCodes.readerEnded,
      );
    default:
      return new CommandError(
        `The output cannot be written (${code})`,
        'Free some disk space, or write somewhere else.',
        exitCodes.output,
      );
  }
}
