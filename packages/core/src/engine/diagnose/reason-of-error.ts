import type { DiagnosisReason } from '../../contract/diagnosis.ts';
import { TypingError, type TypingErrorCode } from '../../contract/typing-error.ts';

type Verdict = Pick<DiagnosisReason, 'effect' | 'advice'>;

const hides = (advice: string): Verdict => ({ effect: 'hides', advice });
const mayHide = (advice: string): Verdict => ({ effect: 'may-hide', advice });

const askAgain = 'Ask again later.';

/** What it means for a start that asking has failed, and what to do where the error does not say. */
const verdicts: Readonly<Record<TypingErrorCode, Verdict>> = {
  misconfigured: hides('Mend the options of the provider.'),
  'unknown-channel': hides('Check the name of the channel.'),
  'invalid-target': hides('Check the target.'),
  unauthenticated: hides('Renew the key.'),
  forbidden: hides('Check what the key may do in this conversation.'),
  'not-found': hides('Check the id: is the conversation of this account?'),
  unsupported: hides('Leave the typing indicator out here.'),
  rejected: hides("Read the vendor's page about its code."),

  'rate-limited': mayHide(askAgain),
  unavailable: mayHide(askAgain),
  network: mayHide('Check the connection, and ask again.'),
  timeout: mayHide('Ask again, or raise timeoutMs.'),
  'bad-response': mayHide('Check baseUrl: a proxy or a login page answers so.'),
  stopped: mayHide(askAgain),
};

/** What a question that failed says about the indicator. */
export function reasonOfError({
  code,
  reason,
  status,
  vendorCode,
  advice,
}: TypingError): DiagnosisReason {
  const { message } = new TypingError({ code, reason, status, vendorCode });
  const verdict = verdicts[code];
  return { code, effect: verdict.effect, message, advice: advice ?? verdict.advice };
}
