import { type Diagnosis, diagnosisOf, type DiagnosisReason } from '@typingkit/core';
import type { Online } from './connection.ts';
import { stanzaRefusal } from './error-condition.ts';
import { attributeOf, childOf, childrenOf, type Element, namespaces } from './stanza.ts';
import { bareOf, resourceOf, type XmppTarget } from './target.ts';

const anybody: DiagnosisReason = {
  code: 'unverified',
  effect: 'may-hide',
  message: 'a server does not say which clients a person uses, nor whether the person is online',
  advice: 'Ask again with the full address of a message from the person, which names a device.',
};
const gone: DiagnosisReason = {
  code: 'unverified',
  effect: 'may-hide',
  message: 'the device did not answer: it is offline, or does not talk to the bot',
  advice: 'Ask the person to accept the bot as a contact.',
};
const withoutStates: DiagnosisReason = {
  code: 'unsupported',
  effect: 'hides',
  message: 'the client on this device shows no chat states',
  advice: 'Leave the typing indicator out here.',
};
const noRoom: DiagnosisReason = {
  code: 'wrong-target',
  effect: 'hides',
  message: 'the address is not that of a room',
  advice: 'Leave out the type groupchat.',
};
const listening: DiagnosisReason = {
  code: 'forbidden',
  effect: 'hides',
  message: 'the bot may only listen in this room',
  advice: 'Give the bot a voice in the room.',
};
const outside: DiagnosisReason = {
  code: 'unverified',
  effect: 'may-hide',
  message: 'the bot is not in the room yet, and only entering it would show whether it may',
  advice: 'Send one start: it enters the room.',
};

/**
 * Asks what a device can show, or whether the bot may speak in a room.
 *
 * @see https://xmpp.org/extensions/xep-0085.html#support-disco
 */
export async function diagnoseConversation(
  { link, rooms }: Online,
  { to, type }: XmppTarget,
): Promise<Diagnosis> {
  const isRoom = type === 'groupchat';
  if (!isRoom && resourceOf(to) === undefined) return diagnosisOf([anybody]);
  const asked = isRoom ? bareOf(to) : to;
  const answer = await link.ask(asked, 'query', namespaces.discovery);
  const isError = attributeOf(answer, 'type') === 'error';
  if (!isRoom) {
    if (isError) return diagnosisOf([gone]);
    return diagnosisOf(featuresIn(answer).has(namespaces.chatStates) ? [] : [withoutStates]);
  }
  if (isError) {
    const {
      code,
      retryable,
      advice = 'Check the address of the room.',
    } = stanzaRefusal('join', answer);
    const message = 'the server knows nothing of the room';
    return diagnosisOf([{ code, effect: retryable ? 'may-hide' : 'hides', message, advice }]);
  }
  if (!featuresIn(answer).has(namespaces.room)) return diagnosisOf([noRoom]);
  const role = rooms.roleIn(asked);
  if (role === undefined) return diagnosisOf([outside]);
  return diagnosisOf(role === 'visitor' ? [listening] : []);
}

function featuresIn(answer: Element): ReadonlySet<string> {
  const query = childOf(answer, 'query');
  const features = query ? childrenOf(query).filter(({ name }) => name === 'feature') : [];
  return new Set(features.map((feature) => attributeOf(feature, 'var') ?? ''));
}
