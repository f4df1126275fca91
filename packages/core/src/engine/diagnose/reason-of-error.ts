import type { DiagnosisReason } from '../../contract/diagnosis.ts';
import { errorCodeRow } from '../../contract/error-codes.ts';
import { TypingError } from '../../contract/typing-error.ts';

/** What a question that failed says about the indicator. */
export function reasonOfError({
  code,
  reason,
  status,
  vendorCode,
  advice,
}: TypingError): DiagnosisReason {
  const { message } = new TypingError({ code, reason, status, vendorCode });
  const row = errorCodeRow(code);
  return { code, effect: row.effect, message, advice: advice ?? row.advice };
}
