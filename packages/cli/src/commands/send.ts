import type { TypingReceipt } from '@typingkit/core';
import { addChannelCommands } from '../channel-commands.ts';
import type { Setup } from '../command-context.ts';
import { inWords } from '../duration.ts';
import { styled } from '../printable.ts';
import { flagsFor } from '../target-flags.ts';
import { addTimeoutFlag, type TimeoutFlag } from '../timeout-flag.ts';

export const setUpSend: Setup = async (command, context) => {
  command.addHelpText(
    'after',
    '\nAccepted does not mean shown. If you see nothing, run `typingkit diagnose`.',
  );
  await addChannelCommands<TimeoutFlag>(command, context, {
    addFlags: addTimeoutFlag,
    async run({ description, target, flags, output, open }) {
      const { channel, vendor } = description;
      // Not closed: that would clear what was just shown.
      const receipt = await open().send(channel, target, { timeoutMs: flags.timeout });
      output.result(receipt, inSentence(receipt, vendor));
      for (const { message } of receipt.warnings ?? []) output.warning(message);
      output.note(
        `Not seen? typingkit diagnose ${channel} ${flagsFor(description, target)} says why.`,
      );
    },
  });
};

function inSentence({ visibleForMs, traceId }: TypingReceipt, vendor: string): string {
  const lasts =
    visibleForMs === undefined
      ? 'it stays until it is stopped'
      : `it stays for ${inWords(visibleForMs)} at most`;
  const trace = traceId === undefined ? '' : styled('dim', ` (trace ${traceId})`);
  return `${styled('green', 'accepted')} by ${vendor}: ${lasts}${trace}`;
}
