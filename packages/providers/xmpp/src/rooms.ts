import { stanzaRefusal } from './error-condition.ts';
import { inTime } from './in-time.ts';
import type { Link } from './link.ts';
import { attributeOf, childOf, childrenOf, type Element, namespaces } from './stanza.ts';
import { bareOf } from './target.ts';

/** A room that the bot is in, or enters. */
interface Room {
  readonly joined: Promise<void>;
  /** Hears what the room answers. */
  readonly onAnswer: (presence: Element) => void;
  /** What the bot may do there. `visitor`: only listen. */
  role: string | undefined;
}

/**
 * The rooms that were entered over one stream.
 *
 * @see https://xmpp.org/extensions/xep-0045.html#enter
 */
export class Rooms {
  readonly #link: Link;
  readonly #nickname: string;
  readonly #rooms = new Map<string, Room>();
  readonly #onLeft: (room: string) => void;

  /** @param onLeft hears from which room the bot was taken away. */
  constructor(link: Link, nickname: string, onLeft: (room: string) => void) {
    this.#link = link;
    this.#nickname = nickname;
    this.#onLeft = onLeft;
  }

  /** Enters a room, unless the bot is in it. */
  async join(address: string): Promise<void> {
    await (this.#rooms.get(address) ?? this.#enter(address)).joined;
  }

  /** What the bot may do in a room; `undefined` where it is not in it. */
  roleIn(address: string): string | undefined {
    return this.#rooms.get(address)?.role;
  }

  /** The room says that the bot is not in it. */
  forget(address: string): void {
    this.#rooms.delete(address);
    this.#onLeft(address);
  }

  onPresence(presence: Element): void {
    const from = attributeOf(presence, 'from') ?? '';
    const address = bareOf(from);
    const room = this.#rooms.get(address);
    if (!room || !isOwn(presence)) return;
    if (attributeOf(presence, 'type') === 'unavailable') {
      this.forget(address);
      return;
    }
    const x = childOf(presence, 'x', namespaces.occupant);
    const item = x && childOf(x, 'item');
    room.role = item && attributeOf(item, 'role');
    room.onAnswer(presence);
  }

  #enter(address: string): Room {
    let onAnswer!: (presence: Element) => void;
    const answer = new Promise<Element>((resolve) => {
      onAnswer = resolve;
    });
    const room: Room = { joined: this.#ask(address, answer, onAnswer), onAnswer, role: undefined };
    this.#rooms.set(address, room);
    room.joined.catch(() => {
      if (this.#rooms.get(address) === room) this.#rooms.delete(address);
    });
    return room;
  }

  async #ask(
    address: string,
    answer: Promise<Element>,
    onAnswer: (presence: Element) => void,
  ): Promise<void> {
    const { xml } = this.#link;
    // Who enters a room that is not there creates it.
    const info = await this.#link.ask(address, 'query', namespaces.discovery);
    if (attributeOf(info, 'type') === 'error') throw stanzaRefusal('join', info);
    const id = crypto.randomUUID();
    const forget = this.#link.onAnswer(id, (presence) => {
      // Some rooms repeat the id, but it is the bot itself only where they say so.
      if (attributeOf(presence, 'type') === 'error') onAnswer(presence);
      else this.onPresence(presence);
    });
    const entering = xml('x', { xmlns: namespaces.room }, xml('history', { maxstanzas: '0' }));
    this.#link.send(
      xml('presence', { to: `${address}/${this.#nickname}`, id }, entering).toString(),
    );
    try {
      const entered = inTime(this.#link.timeoutMs, undefined, () => answer);
      const presence = await Promise.race([entered, this.#link.gone]);
      if (attributeOf(presence, 'type') === 'error') throw stanzaRefusal('join', presence);
    } finally {
      forget();
    }
  }
}

/** Whether a presence is that of the bot itself. */
function isOwn(presence: Element): boolean {
  const x = childOf(presence, 'x', namespaces.occupant);
  const codes = x ? childrenOf(x).map((child) => attributeOf(child, 'code')) : [];
  return codes.includes('110');
}
