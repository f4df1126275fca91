import { type Command, InvalidArgumentError } from 'commander';
import { CommandError } from './command-error.ts';
import { exitCodes } from './exit-codes.ts';

export function addPortFlag(command: Command, fallback: number): Command {
  return command.option('--port <number>', 'the port to serve on, 0 for any', parsePort, fallback);
}

function parsePort(text: string): number {
  const port = Number(text);
  if (/^\d+$/.test(text) && port <= 65_535) return port;
  throw new InvalidArgumentError('It takes a number from 0 to 65535.');
}

/** What to say where a server does not start. */
export function cannotServe(error: unknown, port: number): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code !== 'EADDRINUSE' && code !== 'EACCES') return error;
  const what = code === 'EACCES' ? 'is not for you to use' : 'is in use already';
  const advice = 'Choose another one with --port, or --port 0 for any that is free.';
  return new CommandError(`Port ${port} ${what}`, advice, exitCodes.unexpected);
}
