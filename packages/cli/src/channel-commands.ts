import type { ChannelDescription, Typing, TypingOptions } from '@typingkit/core';
import type { Command } from 'commander';
import { byChannel, chooseProvider, missingSettings, variableOf } from 'typingkit/environment';
import { CommandError } from './command-error.ts';
import type { CommandContext } from './command-context.ts';
import { eventText } from './event-text.ts';
import { exitCodes } from './exit-codes.ts';
import { examples } from './help-text.ts';
import { openTyping, refuseChannel } from './open-typing.ts';
import {
  addConfigFlag,
  addOutputFlags,
  addVerboseFlag,
  type ChannelFlags,
} from './output-flags.ts';
import { type Output, outputFor } from './output.ts';
import { settings } from './settings.ts';
import {
  addSimulatedFlag,
  type SimulatedFlag,
  simulatedHint,
  simulatedTarget,
} from './simulated-target.ts';
import { addTargetFlags, exampleFlags, targetFrom } from './target-flags.ts';

/** One channel, and where on it. */
export interface ChannelCall<Flags> {
  /** The provider that the settings choose; where they choose none, which the engine says, the likeliest one. */
  readonly description: ChannelDescription;
  readonly target: Record<string, unknown>;
  readonly flags: Flags;
  readonly output: Output;
  readonly context: CommandContext;
  /** The engine over all channels. */
  readonly open: (options?: Omit<TypingOptions, 'channels'>) => Typing;
}

/** A command that does something on a channel. */
export interface ChannelCommand<Flags> {
  /** Flags beside those of the target. */
  readonly addFlags?: (command: Command) => void;
  /** What stands behind the target's flags in the examples, a line each. Default: nothing, and `--json`. */
  readonly exampleFlags?: readonly string[];
  run(call: ChannelCall<Flags & ChannelFlags>): Promise<void>;
}

/**
 * Gives a command one command for each channel, with the flags of that channel's target. Nothing here knows any channel:
 * a new adapter is there as soon as it describes itself.
 */
export async function addChannelCommands<Flags>(
  parent: Command,
  context: CommandContext,
  command: ChannelCommand<Flags>,
): Promise<void> {
  const channels = await context.channels();
  parent.commandsGroup('Channels:');
  for (const [channel, candidates] of byChannel(channels)) {
    const vendors = candidates.map(({ vendor }) => vendor).join(' or ');
    const own = parent.command(channel).summary(`through ${vendors}`);
    own.description(`${parent.description()} On ${channel}, through ${vendors}.`);
    own.showHelpAfterError(`See typingkit ${parent.name()} ${channel} --help.`);
    addTargetFlags(own, candidates);
    command.addFlags?.(own);
    addSimulatedFlag(own);
    addOutputFlags(addVerboseFlag(addConfigFlag(own)));
    const lines = candidates.flatMap((one) => exampleLines(parent, one, command));
    own.addHelpText('after', () => examples(lines));
    own.action(async (flags: Flags & ChannelFlags & SimulatedFlag) => {
      const likeliest = likelyProvider(candidates);
      await using simulated =
        flags.simulated === true ? await simulatedTarget(candidates, likeliest) : undefined;
      if (flags.simulated === true && !simulated) {
        const advice = 'The simulated ones are: typingkit simulate';
        throw new CommandError(`${channel} has no simulated vendor`, advice, exitCodes.usage);
      }
      if (candidates.every((one) => missingSettings(one, settings).length > 0))
        context.hint = simulatedHint;
      const description = simulated?.description ?? likeliest;
      const [example = ''] = exampleLines(parent, description, command);
      const isTargetGiven = candidates.some(({ targetFields }) =>
        targetFields.some(({ name }) => own.opts()[name] !== undefined),
      );
      const target =
        simulated && !isTargetGiven
          ? simulated.target
          : targetFrom(candidates, description, own.opts(), example);
      const output = outputFor(flags);
      const open: ChannelCall<Flags>['open'] = (options) =>
        openTyping(channels, {
          ...options,
          onEvent(event) {
            // A command has one session, and its user knows that it began.
            if (event.type === 'opened') return;
            output.detail(eventText(event, description.vendor));
            options?.onEvent?.(event);
          },
        });
      sayWhereFrom(description, output);
      await command.run({ description, target, flags, output, context, open });
      simulated?.tell(output);
    });
  }
  refuseOtherChannels(parent, channels);
  const lines = channels.flatMap((channel) => exampleLines(parent, channel, command).slice(0, 1));
  parent.addHelpText('after', () => examples(lines));
}

function likelyProvider(candidates: readonly ChannelDescription[]): ChannelDescription {
  try {
    return chooseProvider(candidates, settings);
  } catch (error) {
    if (candidates[0]) return candidates[0];
    throw error;
  }
}

function exampleLines<Flags>(
  parent: Command,
  description: ChannelDescription,
  { exampleFlags: more = ['', '--json'] }: ChannelCommand<Flags>,
): string[] {
  const line = `typingkit ${parent.name()} ${description.channel} ${exampleFlags(description)}`;
  return more.map((flag) => `${line} ${flag}`.trimEnd());
}

/** A channel that is not there gets the engine's own answer, which knows what was meant. */
function refuseOtherChannels(parent: Command, channels: readonly ChannelDescription[]): void {
  const names = [...byChannel(channels).keys()].join(', ');
  parent.usage('<channel> [flags]').allowUnknownOption().allowExcessArguments();
  parent.action(async () => {
    const [channel] = parent.args;
    if (channel === undefined || channel.startsWith('-')) {
      const advice = `The channels are ${names}: typingkit ${parent.name()} --help`;
      throw new CommandError('No channel was given', advice, exitCodes.usage);
    }
    await refuseChannel(channels, channel);
  });
}

function sayWhereFrom(description: ChannelDescription, output: Output): void {
  for (const setting of description.settings) {
    const variable = variableOf(setting, settings);
    if (variable === undefined) continue;
    const file = settings.fileOf?.(variable);
    output.detail(`${setting.name} is from ${variable}${file === undefined ? '' : ` in ${file}`}`);
  }
}
