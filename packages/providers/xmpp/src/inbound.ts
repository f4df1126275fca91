import type { ProviderInboundEvent } from '@typingkit/core';
import { asElement, attributeOf, childOf, childrenOf, type Element, namespaces } from './stanza.ts';
import { bareOf, conversationOf, resourceOf, Target, type XmppTarget } from './target.ts';

/** Who the bot itself is, as far as it is known. */
export interface OwnAccount {
  readonly jid?: string | undefined;
  /** In rooms. */
  readonly nickname?: string | undefined;
}

/** How long a `composing` is believed without another word: XEP-0085 calls a person inactive then, in milliseconds. */
const believedMs = 120_000;

/**
 * The conversation of a message with a text. Corrections, what was stored, errors, carbons and what the bot itself wrote
 * give none.
 */
export function xmppTargetsIn(value: unknown, own: OwnAccount): XmppTarget[] {
  return reading(() => {
    const message = liveMessageIn(value);
    if (!message || !childOf(message, 'body')) return [];
    if (childOf(message, 'replace', namespaces.correction)) return [];
    return targetOf(message, own);
  });
}

/**
 * A person who began to type, or ceased: a message with a chat state, with or without a text.
 *
 * @see https://xmpp.org/extensions/xep-0085.html
 */
export function xmppInboundIn(value: unknown, own: OwnAccount): ProviderInboundEvent<XmppTarget>[] {
  return reading(() => {
    const message = liveMessageIn(value);
    const state = message && childrenOf(message, namespaces.chatStates)[0]?.name;
    if (!message || state === undefined || !states.has(state)) return [];
    const at = new Date();
    return targetOf(message, own).map((target): ProviderInboundEvent<XmppTarget> => {
      const id = attributeOf(message, 'id') ?? at.getTime();
      const eventId = `${conversationOf(target)} ${id}`;
      return state === 'composing'
        ? { state: 'started', target, at, eventId, expiresInMs: believedMs }
        : { state: 'stopped', target, at, eventId, expiresInMs: 0 };
    });
  });
}

// https://xmpp.org/extensions/xep-0085.html#definitions
const states: ReadonlySet<string> = new Set(['composing', 'active', 'paused', 'inactive', 'gone']);

/** A message that was sent just now, to the bot itself. */
function liveMessageIn(value: unknown): Element | undefined {
  const message = asElement(value);
  if (message?.name !== 'message') return undefined;
  // History of a room, or kept while nobody was online.
  return childOf(message, 'delay', namespaces.delay) ? undefined : message;
}

function targetOf(message: Element, own: OwnAccount): XmppTarget[] {
  const from = attributeOf(message, 'from') ?? '';
  const type = attributeOf(message, 'type') ?? 'normal';
  const nickname = resourceOf(from);
  const target = ((): XmppTarget | undefined => {
    if (type === 'groupchat') {
      // Without a nickname it is the room that speaks.
      const isOwn = nickname === undefined || nickname === own.nickname;
      return isOwn ? undefined : { to: bareOf(from), type };
    }
    if (type !== 'chat' && type !== 'normal') return undefined;
    if (bareOf(from) === own.jid) return undefined;
    const isInRoom = nickname !== undefined && childOf(message, 'x', namespaces.occupant);
    return isInRoom ? { to: from, type: 'groupchat' } : { to: from };
  })();
  const read = target && Target.read(target);
  return read ? [read] : [];
}

function reading<Found>(find: () => Found[]): Found[] {
  try {
    return find();
  } catch {
    // A getter of what is no stanza.
    return [];
  }
}
