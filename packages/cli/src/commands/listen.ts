import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createTyping, type InboundTyping, TypingError } from '@typingkit/core';
import { linqAddress, linqChannel } from '@typingkit/linq';
import { linqWebhook, toNodeHandler, type WebHandler } from '@typingkit/linq/webhook';
import type { Simulator } from '@typingkit/simulator';
import type { Setup } from '../command-context.ts';
import { addForFlag, type ForFlag } from '../for-flag.ts';
import { examples } from '../help-text.ts';
import { interrupted } from '../interruption.ts';
import { addOutputFlags, type OutputFlags } from '../output-flags.ts';
import { type Output, outputFor } from '../output.ts';
import { styled } from '../printable.ts';
import { addPortFlag, cannotServe } from '../port-flag.ts';
import { settings } from '../settings.ts';
import { flagsFor } from '../target-flags.ts';

interface ListenFlags extends ForFlag, OutputFlags {
  readonly port: number;
  readonly host: string;
  readonly simulated?: boolean;
}

const secretVariable = 'LINQ_WEBHOOK_SECRET';
const defaultPort = 3_000;

export const setUpListen: Setup = (command) => {
  addPortFlag(command, defaultPort).option(
    '--host <address>',
    'the address to serve on',
    '127.0.0.1',
  );
  command.option('--simulated', 'without an account: hear a simulated person type');
  addOutputFlags(addForFlag(command));
  command.addHelpText('after', () => help);
  command.action(listen);
};

const help = `
The secret is read from ${secretVariable}: \`typingkit webhooks add\` prints it. Linq sends to
public https addresses only, so point a tunnel of your choice at this port.
${examples([
  'typingkit listen',
  'typingkit listen --simulated',
  'typingkit listen --port 8080 --for 2m --json',
])}`;

async function listen(flags: ListenFlags): Promise<void> {
  const { channel } = linqChannel;
  const output = outputFor(flags);
  // What is heard needs no key, only the name of the channel and the form of its targets.
  const typing = createTyping({
    channels: { [channel]: { ...linqAddress(), start: neverAsked } },
  });
  const simulator = flags.simulated === true ? await startedSimulator() : undefined;
  const secret = simulator ? simulatedSecret : webhookSecret();
  const webhook = linqWebhook({ secret, channel, onTyping: typing.receive });
  typing.onInbound((event) => output.result(event, inLine(event)));
  const server = createServer(toNodeHandler(sayingRefusals(webhook, output)));
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) => reject(cannotServe(error, flags.port, flags.host)));
    server.listen(flags.port, flags.host, resolve);
  });
  // Asked for before anybody is told that it is there: who is told may end it at once.
  const end = interrupted(flags.for);
  // A server that listens on a port of TCP has an address object; a string is for pipes.
  const { port, address } = server.address() as AddressInfo;
  const url = `http://${address.includes(':') ? `[${address}]` : address}:${port}/`;
  if (output.isJson) output.result({ event: 'listening', url }, '');
  else output.note(`Listening at ${url}, on every path. Press Ctrl-C to stop.`);
  if (simulator) {
    simulator.linq.webhooks.subscribe({ targetUrl: url, signingSecret: simulatedSecret });
    const { controlUrl } = simulator;
    if (output.isJson) output.result({ event: 'simulating', controlUrl }, '');
    else output.note(`In another terminal: typingkit trigger typing --simulator ${controlUrl}`);
  }
  await end;
  server.close();
  server.closeAllConnections();
  await typing.close();
  await simulator?.close();
}

/** Known to everybody, since it opens nothing. */
const simulatedSecret = 'whsec_c2ltdWxhdGVkLXNpbXVsYXRlZC1zaW11bGF0ZWQ=';

async function startedSimulator(): Promise<Simulator> {
  const { startSimulator } = await import('@typingkit/simulator');
  return startSimulator();
}

async function neverAsked(): Promise<never> {
  throw new TypingError({ code: 'unsupported', reason: 'this only listens' });
}

function webhookSecret(): string {
  const secret = settings.read(secretVariable);
  if (secret !== undefined) return secret;
  throw new TypingError({
    code: 'misconfigured',
    provider: linqChannel.provider,
    operation: 'configure',
    reason: 'the signing secret is missing',
    advice: `Set ${secretVariable} in the environment or in a .env file here: \`typingkit webhooks add\` prints it. Or add --simulated to try it without an account.`,
  });
}

/** A webhook that is refused is what a user who sees nothing has to know. */
function sayingRefusals(
  handle: (request: Request) => Promise<Response>,
  output: Output,
): WebHandler {
  return async (request) => {
    const response = await handle(request);
    if (response.status === 200) return response;
    const reason = (await response.clone().text()).trim();
    const { status } = response;
    if (output.isJson) output.result({ event: 'refused', status, reason }, '');
    else output.warning(`a request got ${status}: ${reason}`);
    return response;
  };
}

function inLine({ at, channel, state, target, isExpired }: InboundTyping): string {
  const time = styled('dim', at.toLocaleTimeString('en-GB'));
  const what = state === 'started' ? styled('green', 'typing ') : 'stopped';
  const why = isExpired === true ? styled('dim', ' (no event for too long)') : '';
  // What is there was checked by the provider: it is a target.
  return `${time}  ${channel}  ${what}  ${flagsFor(linqChannel, target as object)}${why}`;
}
