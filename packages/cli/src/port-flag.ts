import { type Command, InvalidArgumentError } from 'commander';
import { CommandError } from './command-error.ts';
import { exitCodes } from './exit-codes.ts';

export function addPortFlag(command: Command, fallback: number): Command {
  return command.option('--port <number>', 'the port to serve on, 0 for any', parsePort, fallback);
}

function parsePort(text: string): number {
  const port = Number(text);
  if (/^\d+$/.test(text) && port <= 65_535) return port;
  throw new InvalidArgumentError('Expected a number from 0 to 65535.');
}

/**
 * What to say where a server does not start.
 *
 * @param host the address that the user has asked for, if any.
 */
export function cannotServe(error: unknown, port: number, host?: string): unknown {
  const code = error instanceof Error && 'code' in error ? String(error.code) : undefined;
  switch (code) {
    case undefined:
      return error;
    case 'EADDRINUSE':
      return failure(`Port ${port} is already in use`, otherPort);
    case 'EACCES':
      return failure(`No permission to use port ${port}`, otherPort);
    default: {
      // EADDRNOTAVAIL, ENOTFOUND, EAI_AGAIN, EINVAL: what the system says of an address that is not one of its own.
      const where = host === undefined ? `port ${port}` : `${host}, port ${port}`;
      const what = `Cannot serve on ${where} (${code})`;
      return failure(what, host === undefined ? otherPort : ownAddress);
    }
  }
}

const otherPort = 'Choose another with --port, or use --port 0 for any free port.';
const ownAddress =
  'Pass an address of this machine to --host: 127.0.0.1 for local connections only, 0.0.0.0 for all addresses.';

function failure(message: string, advice: string): CommandError {
  return new CommandError(message, advice, exitCodes.unexpected);
}
