import type { ProviderInboundEvent } from '@typingkit/core';
import {
  integer,
  literal,
  nullish,
  object,
  otherwise,
  type Schema,
  string,
} from '@typingkit/core/schema';
import { OwnNumber, type SignalTarget, Target } from './target.ts';

const Moment = integer({ min: 0, max: 10 ** 15 });
const Envelope = {
  // Hidden from those who are not to know it, and `null` then.
  sourceNumber: otherwise(nullish(string()), undefined),
  sourceUuid: otherwise(nullish(string()), undefined),
};
const Group = otherwise(nullish(object({ groupId: string() })), undefined);
const Message = object({
  account: OwnNumber,
  envelope: object({ ...Envelope, dataMessage: object({ groupInfo: Group, reaction: absent() }) }),
});
const Typing = object({
  account: OwnNumber,
  envelope: object({
    ...Envelope,
    typingMessage: object({
      action: literal('STARTED', 'STOPPED'),
      timestamp: Moment,
      groupId: otherwise(nullish(string()), undefined),
    }),
  }),
});

/** How long Signal's own clients believe a `STARTED`. */
const believedMs = 15_000;

/**
 * The person or group that wrote, in what signal-cli-rest-api receives: a frame of `GET /v1/receive/{number}`, or the body
 * of `RECEIVE_WEBHOOK_URL`. Receipts, reactions and what another device of ours sent give none.
 */
export function signalTargetsIn(received: unknown): SignalTarget[] {
  const message = Message.read(received);
  if (!message) return [];
  const { account, envelope } = message;
  return targetOf(account, envelope, envelope.dataMessage.groupInfo?.groupId);
}

/** A person who began or ceased to type. In a group the target is the group. */
export function signalInboundIn(received: unknown): ProviderInboundEvent<SignalTarget>[] {
  const typing = Typing.read(received);
  if (!typing) return [];
  const { account, envelope } = typing;
  const { action, timestamp, groupId } = envelope.typingMessage;
  const state = action === 'STARTED' ? 'started' : 'stopped';
  return targetOf(account, envelope, groupId).map((target) => ({
    state,
    target,
    at: new Date(timestamp),
    // It has no id, but Signal itself tells messages of one sender apart by their time.
    eventId: `${account}.${envelope.sourceUuid ?? envelope.sourceNumber}.${timestamp}`,
    expiresInMs: state === 'started' ? believedMs : 0,
  }));
}

function targetOf(
  number: string,
  {
    sourceUuid,
    sourceNumber,
  }: { sourceUuid?: string | undefined; sourceNumber?: string | undefined },
  groupId: string | undefined,
): SignalTarget[] {
  // The server names a group by the base64 of its id, which is base64 already.
  const recipient =
    groupId === undefined ? (sourceUuid ?? sourceNumber) : `group.${base64(groupId)}`;
  const target = Target.read({ recipient, number });
  return target ? [target] : [];
}

function base64(text: string): string {
  // An id with characters that base64 does not have is none.
  return /^[\w+/=-]+$/.test(text) ? btoa(text) : '';
}

/** A field that must not be there. */
function absent(): Schema<null | undefined> {
  return nullish(literal(null));
}
