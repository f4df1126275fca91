import {
  type ChannelDescription,
  createTyping,
  TypingError,
  type TypingEvent,
} from '@typingkit/core';
import type { ServedTyping, TypingServer } from '@typingkit/server';
import { channelsFrom, type SettingsSource } from 'typingkit/environment';
import { CommandError } from '../command-error.ts';
import type { CommandContext, Setup } from '../command-context.ts';
import { parseDuration } from '../duration.ts';
import { eventText } from '../event-text.ts';
import { exitCodes } from '../exit-codes.ts';
import { addForFlag, type ForFlag } from '../for-flag.ts';
import { examples } from '../help-text.ts';
import { interrupted } from '../interruption.ts';
import {
  addConfigFlag,
  addOutputFlags,
  addVerboseFlag,
  type ChannelFlags,
} from '../output-flags.ts';
import { outputFor } from '../output.ts';
import { addPortFlag, cannotServe } from '../port-flag.ts';
import { styled } from '../printable.ts';
import { servedChannels } from '../served-channels.ts';
import { serverTokens, tokensVariable } from '../server-tokens.ts';
import { settings } from '../settings.ts';
import { type SimulatedChannel, simulatedChannels } from '../simulated-channels.ts';

interface ServeFlags extends ForFlag, ChannelFlags {
  readonly port: number;
  readonly host: string;
  readonly tokenFile?: string;
  readonly redis?: string;
  readonly simulated?: boolean;
  readonly metrics?: boolean;
  /** In milliseconds. */
  readonly longestPause?: number;
}

/** What is served, and where its settings come from. */
interface World {
  readonly descriptions: readonly ChannelDescription[];
  readonly source: SettingsSource;
  /** The channels of the simulator, where that is what is served. */
  readonly simulated: readonly SimulatedChannel[];
  readonly controlUrl: string | undefined;
  close(): Promise<void>;
}

const defaultPort = 4_020;
const redisVariable = 'TYPINGKIT_REDIS_URL';

export const setUpServe: Setup = (command, context) => {
  addPortFlag(command, defaultPort)
    .option(
      '--host <address>',
      'the address to serve on; any but loopback needs a token',
      '127.0.0.1',
    )
    .option('--token-file <file>', `a file with one token per line (default: ${tokensVariable})`)
    .option('--redis <url>', `share sessions with other servers (default: ${redisVariable})`)
    .option('--metrics', 'offer /metrics to Prometheus; needs packages of OpenTelemetry')
    .option('--simulated', 'serve simulated vendors, without any key')
    .option(
      '--longest-pause <duration>',
      'end a session that is paused for longer (default: 1h)',
      parseDuration,
    );
  addOutputFlags(addVerboseFlag(addConfigFlag(addForFlag(command))));
  command.addHelpText('after', () => help);
  command.action((flags: ServeFlags) => serve(flags, context));
};

const help = `
Tokens are read from ${tokensVariable}, separated by commas, or from --token-file. Make one with:
openssl rand -hex 32. Without a token only programs on this machine are let in.
${examples(['typingkit serve', 'typingkit serve --simulated --port 0 --json'])}`;

async function serve(flags: ServeFlags, context: CommandContext): Promise<void> {
  const output = outputFor(flags);
  const tokens = serverTokens(flags.tokenFile);
  const world = await openWorld(flags, context);
  const vendors = new Map(world.descriptions.map(({ provider, vendor }) => [provider, vendor]));
  const onEvent = (event: TypingEvent): void =>
    output.detail(
      `${event.channel}: ${eventText(event, vendors.get(event.provider) ?? event.provider)}`,
    );
  let server: TypingServer;
  try {
    const { startServer } = await import('@typingkit/server');
    server = await startServer({
      typing: await servedTyping(world, flags.redis ?? settings.read(redisVariable), onEvent),
      channels: servedChannels(world.descriptions, world.source),
      host: flags.host,
      port: flags.port,
      tokens,
      longestPauseMs: flags.longestPause,
      metrics: flags.metrics,
    });
  } catch (error) {
    await world.close();
    throw TypingError.isInstance(error) ? error : cannotServe(error, flags.port, flags.host);
  }
  // Asked for before anybody is told that it is there: who is told may end it at once.
  const end = interrupted(flags.for);
  const { controlUrl, simulated } = world;
  output.result(
    {
      url: server.url,
      needsToken: tokens.length > 0,
      simulatorControlUrl: controlUrl ?? null,
      channels: simulated.map(({ description, target }) => ({
        channel: description.channel,
        target,
      })),
    },
    inLines(server.url, tokens.length, world),
  );
  await end;
  await server.close();
  await world.close();
}

async function openWorld(flags: ServeFlags, context: CommandContext): Promise<World> {
  const descriptions = await context.channels();
  if (flags.simulated !== true)
    return {
      descriptions,
      source: settings,
      simulated: [],
      controlUrl: undefined,
      close: async () => {},
    };
  const { startSimulator } = await import('@typingkit/simulator');
  const simulator = await startSimulator();
  const all = await simulatedChannels(descriptions, simulator.controlUrl);
  // Of several vendors of one channel, the first one is served.
  const simulated = all.filter(
    ({ description }, index) =>
      all.findIndex((other) => other.description.channel === description.channel) === index,
  );
  const variables = new Map(simulated.flatMap(({ environment }) => Object.entries(environment)));
  return {
    descriptions: simulated.map(({ description }) => description),
    source: { ...settings, read: (variable) => variables.get(variable), fileOf: () => undefined },
    simulated,
    controlUrl: simulator.controlUrl,
    close: () => simulator.close(),
  };
}

/** The engine over all channels; over Redis, where sessions are shared with other servers. */
async function servedTyping(
  { descriptions, source }: World,
  redis: string | undefined,
  onEvent: (event: TypingEvent) => void,
): Promise<ServedTyping<Record<string, unknown>>> {
  const channels = channelsFrom(descriptions, source);
  if (redis === undefined) {
    return createTyping({ channels, onEvent });
  }
  const { sharedTyping } = await import('@typingkit/bullmq').catch((error: unknown) => {
    throw notInstalled(error);
  });
  return sharedTyping({ redis, channels, onEvent });
}

function notInstalled(error: unknown): unknown {
  if (!(error instanceof Error && 'code' in error && error.code === 'ERR_MODULE_NOT_FOUND'))
    return error;
  return new CommandError(
    'Sessions over Redis need packages that are not installed',
    'Install them beside the command: npm install @typingkit/bullmq bullmq ioredis',
    exitCodes.usage,
  );
}

function inLines(url: string, tokens: number, { controlUrl, simulated }: World): string[] {
  return [
    `Server     ${styled('bold', url)}`,
    `Inspector  ${url}/inspector/ shows what is typing, what rests and why`,
    `Requests   ${url}/openapi.json describes all of them`,
    tokens === 0
      ? 'Token      none: only programs on this machine are let in'
      : `Token      required; ${tokens} ${tokens === 1 ? 'is' : 'are'} valid`,
    ...(controlUrl === undefined ? [] : [`Simulator  ${controlUrl}`, '', 'Try:']),
    ...simulated
      .slice(0, 3)
      .map(({ description, target }) => sendLine(url, description.channel, target)),
    '',
    styled('dim', 'Press Ctrl-C to stop.'),
  ];
}

function sendLine(url: string, channel: string, target: object): string {
  return `  curl --json '${JSON.stringify({ channel, target })}' ${url}/v1/send`;
}
