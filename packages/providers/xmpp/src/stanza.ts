/** As much of an element as is read: one of `@xmpp/client` or ltx, or the same as JSON. */
export interface Element {
  readonly name: string;
  readonly attrs: Readonly<Record<string, unknown>>;
  readonly children: readonly unknown[];
}

/** XML namespaces, by what they are of. */
export const namespaces = {
  chatStates: 'http://jabber.org/protocol/chatstates',
  correction: 'urn:xmpp:message-correct:0',
  delay: 'urn:xmpp:delay',
  discovery: 'http://jabber.org/protocol/disco#info',
  hints: 'urn:xmpp:hints',
  occupant: 'http://jabber.org/protocol/muc#user',
  ping: 'urn:xmpp:ping',
  room: 'http://jabber.org/protocol/muc',
} as const;

/** An element, in case it is one. May throw where its getters do. */
export function asElement(value: unknown): Element | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { name, attrs, children }: Partial<Record<keyof Element, unknown>> = value;
  if (typeof name !== 'string' || typeof attrs !== 'object' || attrs === null) return undefined;
  // Any object has fields that can be asked for.
  const fields = attrs as Element['attrs'];
  return { name, attrs: fields, children: Array.isArray(children) ? children : [] };
}

export function attributeOf({ attrs }: Element, name: string): string | undefined {
  const value = Object.hasOwn(attrs, name) ? attrs[name] : undefined;
  return typeof value === 'string' ? value : undefined;
}

/** The elements in an element, of one namespace where that is given. */
export function childrenOf({ children }: Element, namespace?: string): Element[] {
  const elements = children.map(asElement).filter((child) => child !== undefined);
  return namespace === undefined
    ? elements
    : elements.filter((child) => attributeOf(child, 'xmlns') === namespace);
}

/** The first of them with this name. */
export function childOf(element: Element, name: string, namespace?: string): Element | undefined {
  return childrenOf(element, namespace).find((child) => child.name === name);
}
