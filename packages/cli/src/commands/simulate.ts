import { choiceVariable } from 'typingkit/environment';
import type { Setup } from '../command-context.ts';
import { addForFlag, type ForFlag } from '../for-flag.ts';
import { examples } from '../help-text.ts';
import { interrupted } from '../interruption.ts';
import { addOutputFlags, type OutputFlags } from '../output-flags.ts';
import { outputFor } from '../output.ts';
import { styled } from '../printable.ts';
import { addPortFlag, cannotServe } from '../port-flag.ts';
import { type SimulatedChannel, simulatedChannels } from '../simulated-channels.ts';
import { flagsFor } from '../target-flags.ts';
import { runChild } from '../run-child.ts';
import { simulatorVariable } from './trigger.ts';

interface SimulateFlags extends ForFlag, OutputFlags {
  readonly port: number;
  readonly playground: boolean;
}

interface Running {
  /** Where the page is, where there is one. */
  readonly playgroundUrl: string | undefined;
  readonly controlUrl: string;
  close(): Promise<void>;
}

const defaultPort = 4_010;

export const setUpSimulate: Setup = (command, context) => {
  addPortFlag(command, defaultPort).option('--no-playground', 'only the vendors, without the page');
  addOutputFlags(addForFlag(command));
  command.addHelpText('after', () =>
    examples([
      'typingkit simulate',
      'typingkit simulate --port 0 --no-playground --json',
      'typingkit simulate --port 0 --no-playground -- node --version',
    ]),
  );
  command.argument('[program...]', 'a program to run with the environment set, behind --');
  command.action(async (program: readonly string[], flags: SimulateFlags) => {
    const output = outputFor(flags);
    const running = await start(flags);
    // Asked for before anybody is told that it is there: who is told may end it at once.
    const end = program.length === 0 ? interrupted(flags.for) : timeIsUp(flags.for);
    const { playgroundUrl, controlUrl } = running;
    const channels = await simulatedChannels(await context.channels(), controlUrl);
    const [file, ...args] = program;
    if (file !== undefined) {
      const variables = Object.fromEntries(exportedBy(channels, controlUrl));
      const child = runChild(file, args, variables);
      // Its output is what was asked for.
      output.note(`${playgroundUrl ?? controlUrl} shows what ${file} does.`);
      try {
        const code = await Promise.race([child.ended, end.then(() => undefined)]);
        context.exitCode = code ?? (await child.end());
      } finally {
        await running.close();
      }
      return;
    }
    output.result(
      { playgroundUrl: playgroundUrl ?? null, controlUrl, channels: channels.map(asData) },
      inLines(running, channels),
    );
    await end;
    await running.close();
  });
};

/** Signals are the program's: it ends, and with it the command. */
function timeIsUp(forMs: number | undefined): Promise<void> {
  return new Promise((resolve) => {
    if (forMs !== undefined) setTimeout(resolve, forMs).unref();
  });
}

async function start({ port, playground }: SimulateFlags): Promise<Running> {
  try {
    if (playground) {
      const { startPlayground } = await import('@typingkit/playground');
      const started = await startPlayground({ port });
      const { url, simulatorControlUrl } = started;
      return { playgroundUrl: url, controlUrl: simulatorControlUrl, close: () => started.close() };
    }
    const { startSimulator } = await import('@typingkit/simulator');
    const simulator = await startSimulator({ port });
    const { controlUrl } = simulator;
    return { playgroundUrl: undefined, controlUrl, close: () => simulator.close() };
  } catch (error) {
    throw cannotServe(error, port);
  }
}

/** Of several vendors of one channel, the first one is chosen. */
function exportedBy(
  channels: readonly SimulatedChannel[],
  controlUrl: string,
): ReadonlyMap<string, string> {
  const exported = new Map([[simulatorVariable, controlUrl]]);
  for (const [name, value] of channels.flatMap(({ environment }) => Object.entries(environment)))
    if (!exported.has(name)) exported.set(name, value);
  return exported;
}

function asData({ description, environment, target }: SimulatedChannel): object {
  return { channel: description.channel, provider: description.provider, environment, target };
}

function inLines(
  { playgroundUrl, controlUrl }: Running,
  channels: readonly SimulatedChannel[],
): string[] {
  const exported = exportedBy(channels, controlUrl);
  const page = playgroundUrl === undefined ? [] : [`Playground  ${styled('bold', playgroundUrl)}`];
  return [
    ...page,
    `Simulator   ${controlUrl}`,
    '',
    'To use it from another terminal, set:',
    ...[...exported].map(([name, value]) => `  ${assignment(name, value)}`),
    '',
    'then try:',
    ...channels.map((channel) => `  ${sendLine(channel, exported)}`),
    '',
    styled('dim', 'Press Ctrl-C to stop.'),
  ];
}

/** A command line; where the variables that are exported lead elsewhere, with the one in front that leads here. */
function sendLine(
  { description, environment, target }: SimulatedChannel,
  exported: ReadonlyMap<string, string>,
): string {
  const line = `typingkit send ${description.channel} ${flagsFor(description, target)}`;
  const variable = choiceVariable(description.channel);
  const choice = environment[variable];
  if (choice === undefined || choice === exported.get(variable)) return line;
  return process.platform === 'win32'
    ? `$env:${variable} = '${choice}'; ${line}`
    : `${variable}=${choice} ${line}`;
}

function assignment(name: string, value: string): string {
  return process.platform === 'win32' ? `$env:${name} = '${value}'` : `export ${name}=${value}`;
}
