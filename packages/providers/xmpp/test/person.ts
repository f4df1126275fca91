import { client } from '@xmpp/client';
import { expect } from 'vitest';

/** A chat state as it arrived. */
interface Seen {
  readonly state: string;
  readonly from: string;
  readonly type: string;
  /** For whom of the crowd it was. */
  readonly about?: string | undefined;
}

/** Somebody at the other end, with a client that nobody here wrote. */
export interface Person extends AsyncDisposable {
  readonly client: ReturnType<typeof client>;
  /** With the resource. */
  readonly jid: string;
  /** The chat states that arrived, in order. */
  readonly seen: readonly Seen[];
  /** Every element that arrived. */
  readonly stanzas: readonly Stanza[];
  send(xml: string): Promise<void>;
  /** Sends a request, and waits for its result. */
  request(to: string, xml: string): Promise<void>;
}

interface Stanza {
  readonly name: string;
  readonly attrs: Readonly<Record<string, string>>;
  toString(): string;
}

/** Logs somebody in who is then online. */
export async function logIn(
  { service, password }: { readonly service: string; readonly password: string },
  username: string,
  presence = '<presence/>',
): Promise<Person> {
  const connection = client({
    service,
    domain: 'localhost',
    // The other mechanism of this library takes half a second.
    credentials: (authenticate, _, __, { options }) =>
      authenticate({ username, password }, 'PLAIN', Object(options)),
  });
  connection.reconnect.stop();
  connection.timeout = 30_000;
  // It counts only what it sends as elements, and gives up where the server counts more.
  connection.prependListener('element', (element) => {
    element.remove('sm', 'urn:xmpp:sm:3');
  });
  connection.on('error', () => {});
  const seen: Seen[] = [];
  const stanzas: Stanza[] = [];
  connection.on('stanza', (stanza) => {
    stanzas.push(stanza);
    const state = stanza.getChildElements().find(({ attrs }) => attrs['xmlns'] === chatStates);
    const { from = '', type = 'normal', about } = stanza.attrs;
    if (stanza.is('message') && state)
      seen.push({ state: state.name, from, type, ...(about && { about }) });
  });
  const jid = await connection.start();
  await connection.write(presence);
  return {
    client: connection,
    jid: jid.toString(),
    seen,
    stanzas,
    send: (xml) => connection.write(xml),
    async request(to, xml) {
      const id = crypto.randomUUID();
      await connection.write(`<iq type='set' to='${to}' id='${id}'>${xml}</iq>`);
      await expect
        .poll(() => stanzas.find(({ attrs }) => attrs['id'] === id)?.attrs['type'])
        .toBe('result');
    },
    async [Symbol.asyncDispose]() {
      await connection.stop().catch(() => {});
    },
  };
}

const chatStates = 'http://jabber.org/protocol/chatstates';

/** The states that a sender sent twice in a row to the same one. */
export function repetitionsIn({ seen }: Pick<Person, 'seen'>): Seen[] {
  const latest = new Map<string, string>();
  return seen.filter(({ from, type, about = '', state }) => {
    const conversation = [from, type, about].join(' ');
    const isRepeated = latest.get(conversation) === state;
    latest.set(conversation, state);
    return isRepeated;
  });
}
