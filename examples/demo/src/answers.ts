import type { BubbleInterval } from '@typingkit/simulator';
import type { Diagnosis } from 'typingkit';
import type { NewcomerAnswer } from './newcomer.ts';

type Receipt = NonNullable<NewcomerAnswer['receipt']>;

/** What a receipt says, in words. */
export function receiptInWords(receipt: Receipt): string {
  if (receipt.status === 'expires') return `expires within ${seconds(receipt.withinMs)}`;
  if (receipt.status === 'cleared') return 'cleared';
  const warnings = (receipt.warnings ?? []).map(
    ({ code, message }) => `, with the warning ${code}: ${message}`,
  );
  return `${receipt.status}${warnings.join('')}`;
}

/** What typingkit answered, in words: for an error its own. */
export function answerInWords({ receipt, error }: NewcomerAnswer): string {
  if (error) return `${error.code}: ${error.message}`;
  return receipt ? receiptInWords(receipt) : 'nothing';
}

/** Whether a start would be seen, and if not, why and what to do. */
export function diagnosisInWords({ willShow, reasons }: Diagnosis): string {
  if (reasons.length === 0) return willShow;
  const sentences = reasons.map(({ message, advice }) => `${message}. ${advice}`);
  return `${willShow}: ${sentences.join(' Also, ')}`;
}

/** What the recipient saw, in words. */
export function viewInWords(intervals: readonly BubbleInterval[], nowMs: number): string {
  if (intervals.length === 0) return 'saw nothing';
  const seen = intervals.map(({ fromMs, toMs }) => seconds((toMs ?? nowMs) - fromMs));
  return `saw the bubble for ${seen.join(' and ')}`;
}

/** `6 s`, `4.1 s` */
export function seconds(milliseconds: number): string {
  return `${String(Math.round(milliseconds / 100) / 10)} s`;
}
