import {
  type CallOptions,
  type Diagnosis,
  diagnosisOf,
  type DiagnosisReason,
  TypingError,
} from '@typingkit/core';
import type { Parameters, VendorAnswer, VendorClient } from '@typingkit/core/http';
import { anything, array, object, otherwise, string } from '@typingkit/core/schema';
import type { SendblueTarget } from './target.ts';

const Service = object({ service: string() });
const Lines = object({ data: array(object({ sendblue_number: anything(), status: anything() })) });
const Contact = object({ contact: otherwise(object({ opt_out: anything() }), {}) });
const Messages = object({
  data: array(object({ date_sent: anything(), date_created: anything() })),
});

const sms: DiagnosisReason = {
  code: 'service',
  effect: 'hides',
  message: 'the person does not use iMessage',
  advice: 'Send the message without typing.',
};
const notOurs: DiagnosisReason = {
  code: 'wrong-owner',
  effect: 'hides',
  message: 'the line does not belong to this account',
  advice:
    'Pass one of your Sendblue numbers as fromNumber, or the keys of the account that has it.',
};
const unhealthy: DiagnosisReason = {
  code: 'line',
  effect: 'may-hide',
  message: 'Sendblue does not say that the line is online',
  advice: "Check the line in Sendblue's dashboard.",
};
const optedOut: DiagnosisReason = {
  code: 'opted-out',
  effect: 'hides',
  message: 'the person has opted out of messages',
  advice: 'Do not write to them until they write again.',
};
/** "Recently" has no number in Sendblue's pages. Linq, on the same network, says five minutes. */
const recentMs = 5 * 60_000;
const inactive: DiagnosisReason = {
  code: 'inactive-chat',
  effect: 'may-hide',
  message: 'there is no message of the last five minutes in this chat',
  advice: 'Start when the person has just written.',
};
const unverified: DiagnosisReason = {
  code: 'unverified',
  effect: 'may-hide',
  message: 'Sendblue shows typing only after a recent message, and does not say how recent',
  advice: 'Start when the person has just written.',
};

/**
 * Reads the line, the person's network and their opt-out, and when they were last written to or wrote.
 *
 * @see https://docs.sendblue.com/api-v2/
 */
export async function diagnosePerson(
  ask: VendorClient<SendblueTarget>,
  target: SendblueTarget,
  call: CallOptions,
): Promise<Diagnosis> {
  const { number, fromNumber } = target;
  const read = (path: string, query?: Parameters) =>
    ask({ operation: 'diagnose', method: 'get', path, query, expects: 200, target }, call);
  // One after the other, so that nothing is still under way when the first one fails.
  const lines = await read('/api/v2/lines/state');
  const line = Lines.read(lines.body)?.data.find((one) => one.sendblue_number === fromNumber);
  const evaluated = await read('/api/evaluate-service', { number });
  const service = Service.read(evaluated.body)?.service;
  if (service === undefined) throw evaluated.failure('bad-response');
  const contact = await read(`/api/v2/contacts/${encodeURIComponent(number)}`).catch(noContact);
  const messages = await read('/api/v2/messages', {
    number,
    sendblue_number: fromNumber,
    order_by: 'sentAt',
    order_direction: 'desc',
    limit: 5,
  });
  return diagnosisOf([
    ...(line ? [] : [notOurs]),
    ...(line && line.status !== 'ONLINE' ? [unhealthy] : []),
    ...(service.toLowerCase() === 'imessage' ? [] : [sms]),
    ...(Contact.read(contact?.body)?.contact.opt_out === true ? [optedOut] : []),
    ...(isInactive(messages) ? [inactive] : []),
    unverified,
  ]);
}

/** Not everybody is a contact. */
function noContact(error: unknown): undefined {
  if (TypingError.isInstance(error) && error.code === 'not-found') return undefined;
  throw error;
}

/** By Sendblue's own clock, where it says what time it is. What cannot be read is no reason. */
function isInactive(answer: VendorAnswer): boolean {
  const read = Messages.read(answer.body)?.data;
  if (!read) return false;
  const times = read
    .map(({ date_sent: sent, date_created: created }) => Date.parse(String(sent ?? created)))
    .filter((atMs) => !Number.isNaN(atMs));
  if (read.length > 0 && times.length === 0) return false;
  const said = Date.parse(answer.header('date') ?? '');
  const nowMs = Number.isNaN(said) ? Date.now() : said;
  return times.every((atMs) => nowMs - atMs > recentMs);
}
