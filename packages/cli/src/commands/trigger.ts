import { linqChannel } from '@typingkit/linq';
import { CommandError } from '../command-error.ts';
import type { Setup } from '../command-context.ts';
import { exitCodes } from '../exit-codes.ts';
import { examples } from '../help-text.ts';
import { addOutputFlags, type OutputFlags } from '../output-flags.ts';
import { outputFor } from '../output.ts';
import { type SimulatedChannel, simulatedChannels } from '../simulated-channels.ts';
import { flagsFor } from '../target-flags.ts';

interface TriggerFlags extends OutputFlags {
  readonly simulator?: string;
  readonly stopped?: boolean;
}

/** Where the commands that simulate say that their simulator is. */
export const simulatorVariable = 'TYPINGKIT_SIMULATOR';

export const setUpTrigger: Setup = (command, context) => {
  command
    .argument('<what>', 'what the simulated person does: typing')
    .argument('[channel]', 'where', linqChannel.channel)
    .option('--simulator <url>', `the simulator's address (default: ${simulatorVariable})`)
    .option('--stopped', 'the person stops typing');
  addOutputFlags(command);
  command.addHelpText('after', () => help);
  command.action(async (what: string, channel: string, flags: TriggerFlags) => {
    if (what !== 'typing')
      throw new CommandError(
        `A simulated person cannot do '${what}'`,
        'For example: typingkit trigger typing',
        exitCodes.usage,
      );
    const controlUrl = flags.simulator ?? process.env[simulatorVariable];
    if (controlUrl === undefined)
      throw new CommandError(
        'There is no simulator',
        'Start one, and pass the address that it prints to --simulator: typingkit listen --simulated, or typingkit simulate',
        exitCodes.usage,
      );
    const candidates = (await context.channels()).filter((one) => one.channel === channel);
    const reached = await simulatedChannels(candidates, controlUrl).catch(() => {
      throw new CommandError(
        `No simulator answers at ${controlUrl}`,
        'Start one: typingkit listen --simulated, or typingkit simulate',
        exitCodes.unexpected,
      );
    });
    if (reached.length === 0)
      throw new CommandError(
        `The simulator has no channel '${channel}'`,
        `For example: typingkit trigger typing ${linqChannel.channel}`,
        exitCodes.usage,
      );
    const state = flags.stopped === true ? 'stopped' : 'started';
    // Of a channel with several vendors, at each that reports it: whoever listens knows one of them.
    const told = await Promise.all(reached.map((one) => personTypes(controlUrl, one, state)));
    const reporting = reached.filter((_, index) => told[index]);
    if (reporting.length === 0) {
      const advice = `Linq reports it: typingkit trigger typing ${linqChannel.channel}`;
      throw new CommandError(`${channel} does not report who is typing`, advice, exitCodes.usage);
    }
    const verb = state === 'started' ? 'is typing' : 'has stopped typing';
    outputFor(flags).result(
      { channel, state, targets: reporting.map(({ target }) => target) },
      reporting.map(
        ({ description, target }) =>
          `the person ${verb} on ${channel} through ${description.vendor}: ${flagsFor(description, target)}`,
      ),
    );
  });
};

/** @returns whether the vendor reports that. */
async function personTypes(
  controlUrl: string,
  { vendorName, conversation }: SimulatedChannel,
  state: 'started' | 'stopped',
): Promise<boolean> {
  const url = `${controlUrl}/${vendorName}/conversations/${encodeURIComponent(conversation)}/person-types`;
  const headers = { 'content-type': 'application/json' };
  const { ok } = await fetch(url, { method: 'POST', headers, body: JSON.stringify({ state }) });
  return ok;
}

const help = `
The simulated vendor reports it as the real one does: by a signed webhook, where it has one.
${examples(['typingkit trigger typing', 'typingkit trigger typing --stopped'])}`;
