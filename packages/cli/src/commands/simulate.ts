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
    examples(['typingkit simulate', 'typingkit simulate --port 0 --no-playground --json']),
  );
  command.action(async (flags: SimulateFlags) => {
    const output = outputFor(flags);
    const running = await start(flags);
    // Asked for before anybody is told that it is there: who is told may end it at once.
    const end = interrupted(flags.for);
    const { playgroundUrl, controlUrl } = running;
    const channels = await simulatedChannels(await context.channels(), controlUrl);
    output.result(
      { playgroundUrl: playgroundUrl ?? null, controlUrl, channels: channels.map(asData) },
      inLines(running, channels),
    );
    await end;
    await running.close();
  });
};

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

function asData({ description, environment, target }: SimulatedChannel): object {
  return { channel: description.channel, provider: description.provider, environment, target };
}

function inLines(
  { playgroundUrl, controlUrl }: Running,
  channels: readonly SimulatedChannel[],
): string[] {
  // Of several vendors of one channel, the first one is chosen.
  const exported = new Map<string, string>();
  for (const [name, value] of channels.flatMap(({ environment }) => Object.entries(environment))) {
    if (!exported.has(name)) exported.set(name, value);
  }
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
