import type { ChannelDescription } from '@typingkit/core';
import type { Command } from 'commander';
import type { Output } from './output.ts';

/** The flag of every command that can do without an account. */
export interface SimulatedFlag {
  readonly simulated?: boolean;
}

/** A simulated vendor that lives as long as the command. */
export interface SimulatedTarget extends AsyncDisposable {
  readonly description: ChannelDescription;
  /** A conversation that is there. */
  readonly target: Record<string, unknown>;
  /** Says what the person at the other end has seen. */
  tell(output: Output): void;
}

export function addSimulatedFlag(command: Command): Command {
  return command.option(
    '--simulated',
    'without an account: on a vendor simulated for this command',
  );
}

/** Where the settings are missing, what else there is to do. */
export const simulatedHint = 'Or add --simulated to try it without an account.';

/**
 * Simulates the vendor of a channel, and points the environment of this process at it: whatever keys were set, no request
 * leaves the machine.
 */
export async function simulatedTarget(
  candidates: readonly ChannelDescription[],
  likeliest: ChannelDescription,
): Promise<SimulatedTarget | undefined> {
  const { startSimulator } = await import('@typingkit/simulator');
  const { simulatedChannels } = await import('./simulated-channels.ts');
  const simulator = await startSimulator();
  const served = await simulatedChannels(candidates, simulator.controlUrl);
  const found = served.find(({ description }) => description === likeliest) ?? served[0];
  if (!found) {
    await simulator.close();
    return undefined;
  }
  Object.assign(process.env, found.environment);
  return {
    description: found.description,
    target: { ...found.target },
    tell(output) {
      const bubbles = Object.values(simulator.vendors).flatMap((vendor) =>
        vendor.conversations().flatMap(({ id }) => vendor.recipientView(id)),
      );
      const isUp = bubbles.some(({ toMs }) => toMs === null);
      output.note(
        isUp
          ? 'On the simulated phone, the person sees it now.'
          : bubbles.length > 0
            ? 'On the simulated phone, the person saw it, and it is gone.'
            : 'On the simulated phone, the person sees nothing.',
      );
    },
    [Symbol.asyncDispose]: () => simulator.close(),
  };
}
