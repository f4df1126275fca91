import type { StopReceipt } from '@typingkit/core';
import { addChannelCommands } from '../channel-commands.ts';
import type { Setup } from '../command-context.ts';
import { inWords } from '../duration.ts';
import { styled } from '../printable.ts';
import { addTimeoutFlag, type TimeoutFlag } from '../timeout-flag.ts';

export const setUpStop: Setup = (command, context) =>
  addChannelCommands<TimeoutFlag>(command, context, {
    addFlags: addTimeoutFlag,
    async run({ description, target, flags, output, open }) {
      const { channel, vendor } = description;
      const receipt = await open().stop(channel, target, { timeoutMs: flags.timeout });
      output.result(receipt, inSentence(receipt, vendor));
    },
  });

function inSentence(receipt: StopReceipt, vendor: string): string {
  if (receipt.status === 'cleared') return `${styled('green', 'cleared')} by ${vendor}`;
  const within = `it disappears by itself within ${inWords(receipt.withinMs)}`;
  return `${styled('yellow', 'expires')}: ${vendor} cannot clear it; ${within}`;
}
