import { expect } from 'vitest';
import type { Person } from './person.ts';

/** Has somebody open a room, with the name that the account has. @returns its address. */
export async function openRoom(person: Person, name: string): Promise<string> {
  const room = `${name}@conference.localhost`;
  const nickname = person.jid.split('@')[0];
  await person.send(
    `<presence to='${room}/${nickname}'><x xmlns='http://jabber.org/protocol/muc'/></presence>`,
  );
  await expect
    .poll(() => person.stanzas.some(({ attrs }) => attrs['from'] === `${room}/${nickname}`))
    .toBe(true);
  await configure(person, room, {});
  return room;
}

/** Sets options of a room: `membersonly`, for one. */
export async function configure(
  person: Person,
  room: string,
  options: Readonly<Record<string, string>>,
): Promise<void> {
  const fields = Object.entries(options).map(
    ([name, value]) => `<field var='muc#roomconfig_${name}'><value>${value}</value></field>`,
  );
  const kind = `<field var='FORM_TYPE'><value>http://jabber.org/protocol/muc#roomconfig</value></field>`;
  const form = `<x xmlns='jabber:x:data' type='submit'>${kind}${fields.join('')}</x>`;
  const query = `<query xmlns='http://jabber.org/protocol/muc#owner'>${form}</query>`;
  await person.request(room, query);
}

/** Changes what somebody may do in a room. @param item `role='none' nick='alice'` throws alice out. */
export async function administer(person: Person, room: string, item: string): Promise<void> {
  const query = `<query xmlns='http://jabber.org/protocol/muc#admin'><item ${item}/></query>`;
  await person.request(room, query);
}
