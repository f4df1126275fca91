import type { ChannelDiagnosis, DiagnosisReason } from '@typingkit/core';
import { errorCodes, isTypingErrorCode } from '@typingkit/core/error-codes';
import { addChannelCommands } from '../channel-commands.ts';
import type { Setup } from '../command-context.ts';
import { exitCodes } from '../exit-codes.ts';
import { styled } from '../printable.ts';
import { addTimeoutFlag, type TimeoutFlag } from '../timeout-flag.ts';

const verdicts = {
  yes: styled('green', 'yes') + ': a start would be seen',
  no: styled('red', 'no') + ': a start would not be seen',
  unknown: styled('yellow', 'unknown') + ': unknown whether a start would be seen',
} as const;

export const setUpDiagnose: Setup = async (command, context) => {
  command.addHelpText('after', '\nIt only reads. The recipient sees nothing.');
  await addChannelCommands<TimeoutFlag>(command, context, {
    addFlags: addTimeoutFlag,
    async run({ description, target, flags, output, open }) {
      const options = { timeoutMs: flags.timeout };
      const diagnosis = await open().diagnose(description.channel, target, options);
      output.result(diagnosis, inLines(diagnosis));
      context.exitCode = exitCodeOf(diagnosis);
    },
  });
};

function inLines({ willShow, reasons }: ChannelDiagnosis): string[] {
  return [verdicts[willShow], ...reasons.flatMap(reasonText)];
}

function reasonText({ code, message, advice }: DiagnosisReason): string[] {
  return [`- ${message} ${styled('dim', `(${code})`)}`, `  ${advice}`];
}

/** Where asking failed, the code of that failure. */
function exitCodeOf({ willShow, reasons }: ChannelDiagnosis): number {
  if (willShow === 'yes') return exitCodes.ok;
  const code = reasons[0]?.code;
  if (isTypingErrorCode(code)) return errorCodes[code].exitCode;
  return willShow === 'no' ? exitCodes.hidden : exitCodes.doubtful;
}
