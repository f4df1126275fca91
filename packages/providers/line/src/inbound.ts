import { array, literal, object, optional, otherwise, string } from '@typingkit/core/schema';
import { type LinePerson, Person } from './target.ts';

const Message = object({
  type: literal('message'),
  // `standby`: another module of the account answers.
  mode: literal('active'),
  // A group names the person, too, and the indicator would show in their own chat.
  source: object({ type: literal('user'), userId: string() }),
});
const Body = object({ events: array(otherwise(optional(Message), undefined)) });

/**
 * The people who have written, as a webhook has them: several events at a time, of one person or of many. An event alone, as
 * LINE's SDK hands it on, is taken, too.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#message-event
 */
export function lineTargetsIn(body: unknown): LinePerson[] {
  const events = Body.read(body)?.events ?? [Message.read(body)];
  const people = new Set(events.map((event) => event?.source.userId));
  return [...people].flatMap((userId) => Person.read({ userId }) ?? []);
}
