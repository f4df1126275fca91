import { execFileSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { type RunningCli, startCli } from './run-cli.ts';

/** What `typingkit serve --simulated --json` prints. */
interface Ready {
  readonly url: string;
  readonly needsToken: boolean;
  readonly simulatorControlUrl: string;
  readonly channels: readonly {
    readonly channel: string;
    readonly target: Readonly<Record<string, unknown>>;
  }[];
}

/** A server on the simulator, which the test ends. */
export interface ServedSimulator extends Ready {
  readonly cli: RunningCli;
  /** A chat on Telegram, whose bubble needs a start every few seconds. */
  readonly telegram: Readonly<Record<string, unknown>>;
}

/** When somebody saw the bubble. */
interface Bubble {
  /** `null`: it is up. */
  readonly toMs: number | null;
}

/** One command, on the simulator. */
export async function serveSimulated(
  flags: readonly string[] = [],
  env: Readonly<Record<string, string>> = {},
): Promise<ServedSimulator> {
  const cli = startCli(['serve', '--simulated', '--port', '0', '--json', ...flags], { env });
  const ready: Ready = JSON.parse(await cli.printed('\n'));
  const telegram = ready.channels.find(({ channel }) => channel === 'telegram')?.target ?? {};
  return { ...ready, cli, telegram };
}

/** When the person on Telegram saw the bubble, so far. */
export async function bubblesOn(serving: ServedSimulator): Promise<readonly Bubble[]> {
  const conversation = encodeURIComponent(String(serving.telegram['chatId']));
  const url = `${serving.simulatorControlUrl}/view?vendor=telegram&conversation=${conversation}`;
  return (await (await fetch(url)).json()).intervals;
}

/** The block of docs/server.md whose fence says `server=<name>`. */
export async function clientInTheDocs(name: string): Promise<string> {
  const path = fileURLToPath(new URL('../../../docs/server.md', import.meta.url));
  const page = await readFile(path, 'utf8');
  const [, code] = new RegExp(`\`\`\`\\w+ server=${name}\\n([^]*?)\n\`\`\``).exec(page) ?? [];
  if (code === undefined) throw new Error(`docs/server.md has no block server=${name}.`);
  return code;
}

/** Whether a program is on this machine. */
export function has(program: string): boolean {
  try {
    execFileSync(program, ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
