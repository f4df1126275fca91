import { TypingError } from '@typingkit/core';
import { errorCodeRow } from '@typingkit/core/error-codes';
import { adviceFor } from './advice.ts';
import { CommandError } from './command-error.ts';
import { exitCodes } from './exit-codes.ts';
import type { Failure } from './output.ts';

/** What to say of an error, and with which code to end. */
export function failureOf(error: unknown): Failure {
  if (TypingError.isInstance(error)) return channelFailure(error);
  if (error instanceof CommandError) {
    const { message, advice, exitCode } = error;
    const code = exitCode === exitCodes.usage ? 'usage' : 'failed';
    return failure(exitCode, [`${message}.`, advice], { code, message, advice });
  }
  const message = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  const advice =
    'This should not happen. Please report it at https://github.com/typingkit/typingkit/issues';
  return failure(exitCodes.unexpected, [message, advice], { code: 'unexpected', message, advice });
}

function channelFailure(error: TypingError): Failure {
  const advice = error.advice ?? adviceFor(error.code);
  const suffix = error.advice ? `. ${error.advice}` : '';
  const sentence = error.message.slice(0, error.message.length - suffix.length);
  const page = error.docUrl ? [`See ${error.docUrl}`] : [];
  const data = { ...error.toJSON(), advice };
  return failure(errorCodeRow(error.code).exitCode, [`${sentence}.`, advice, ...page], data);
}

function failure(exitCode: number, lines: readonly string[], data: object): Failure {
  return { exitCode, lines, data: { ...data, exitCode } };
}
