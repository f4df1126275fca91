import { spawn } from 'node:child_process';
import { parseArgs } from 'node:util';
import { startPlayground } from './start-playground.ts';

const usage = `Usage: typingkit-playground [--port <number>] [--no-open]

Serves the playground on 127.0.0.1 until it is stopped. In a terminal, it also opens a browser.

  --port <number>   port to listen on (default: 4050, or any free port if that is taken)
  --no-open         do not open a browser
  --help            print this
`;
const usualPort = 4050;

/** Runs the command. */
export async function runPlayground(args: readonly string[]): Promise<void> {
  const command = read(args);
  if (!command) return;
  const playground = await start(command.port);
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => void playground.close());
  process.stdout.write(`The playground is at ${playground.url}\nPress Ctrl-C to stop it.\n`);
  if (command.opens) openBrowser(playground.url);
}

function read(args: readonly string[]): { port: number | undefined; opens: boolean } | undefined {
  const options = {
    port: { type: 'string' },
    open: { type: 'boolean', default: true },
    help: { type: 'boolean' },
  } as const;
  try {
    // What comes behind `pnpm playground --` comes with the dashes.
    const given = args[0] === '--' ? args.slice(1) : [...args];
    const { values } = parseArgs({ args: given, options, allowNegative: true });
    const port = values.port === undefined ? undefined : Number(values.port);
    const isPort = port === undefined || (Number.isInteger(port) && port >= 0 && port <= 65_535);
    if (!isPort)
      throw new TypeError(`--port must be a number from 0 to 65535, not '${values.port}'.`);
    if (!values.help) return { port, opens: values.open && process.stdout.isTTY };
    process.stdout.write(usage);
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n\n${usage}`);
    process.exitCode = 2;
  }
  return undefined;
}

/** Where no port is asked for, one that is taken is no reason to fail. */
async function start(port: number | undefined): ReturnType<typeof startPlayground> {
  if (port !== undefined) return startPlayground({ port });
  try {
    return await startPlayground({ port: usualPort });
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE')
      return startPlayground();
    throw error;
  }
}

const openers: Readonly<Partial<Record<NodeJS.Platform, readonly [string, ...string[]]>>> = {
  darwin: ['open'],
  win32: ['cmd', '/c', 'start', ''],
};

/** The address has been printed: where there is no browser, nothing is lost. */
function openBrowser(url: string): void {
  const [command, ...args] = openers[process.platform] ?? ['xdg-open'];
  const child = spawn(command, [...args, url], { stdio: 'ignore', detached: true });
  child.on('error', () => {});
  child.unref();
}
