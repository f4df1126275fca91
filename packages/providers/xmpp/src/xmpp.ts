import {
  type CallOptions,
  parseOptions,
  parseTarget,
  type ProviderAddress,
  type TypingProvider,
} from '@typingkit/core';
import {
  anyFunction,
  boolean,
  described,
  milliseconds,
  optional,
  strictObject,
  string,
  transform,
  union,
  withDefault,
} from '@typingkit/core/schema';
import type { ChatState } from './chat-states.ts';
import { Connection } from './connection.ts';
import { diagnoseConversation } from './diagnose.ts';
import { during, notBackYet } from './error-condition.ts';
import { xmppInboundIn, xmppTargetsIn } from './inbound.ts';
import { Account, bareOf, conversationOf, Nickname, Target, type XmppTarget } from './target.ts';

/** What {@link xmppAddress} needs to know. */
export interface XmppAddressOptions {
  /** The bot's account: `bot@example.org`. It names the credential, and tells the bot itself from the people. */
  readonly jid?: string | undefined;
  /** What the bot is called in rooms. Default: what stands before the `@` of `jid`. */
  readonly nickname?: string | undefined;
}

/** What {@link xmpp} needs to know. */
export interface XmppOptions extends XmppAddressOptions {
  readonly jid: string;
  /**
   * The account's password, or a function that returns it, which is asked for each connection. What the function throws
   * makes a call fail as `unavailable`.
   */
  readonly password: string | (() => string | Promise<string>);
  /**
   * The server: `xmpps://example.org:5223`, or `xmpp://example.org:5222`, which must then offer TLS unless it is on
   * loopback. A bare domain is looked up. Default: the domain of `jid`.
   */
  readonly service?: string | undefined;
  /** How long one exchange may take, in milliseconds: connecting and logging in included. Default: 5,000. */
  readonly timeoutMs?: number | undefined;
  /**
   * Whether to ask servers by XEP-0334 not to archive chat states. XEP-0085 allows nothing beside the state, and servers
   * need no such hint as a rule. Default: `false`.
   */
  readonly noStore?: boolean | undefined;
}

const service = string(
  /^(?:xmpps?:\/\/(?:\[[\da-f:.]+\]|[^\s:/?#@[\]]+)(?::\d{1,5})?|[^\s:/?#@[\]]+)$/i,
  'must be an address such as xmpps://example.org:5223 or a domain; a WebSocket would keep the process alive',
);
const password = described(
  union(
    anyFunction<() => string | Promise<string>>(),
    // What XML cannot hold.
    string(/^[^\p{Cc}\p{Cs}\p{Cn}]{1,1024}$/u),
  ),
  'must be the password of the account or a function that returns it',
);
const jid = transform(Account, bareOf);
const addressFields = { jid: optional(jid), nickname: optional(Nickname) };
const AddressOptions = strictObject(addressFields);
const Options = strictObject({
  ...addressFields,
  jid,
  password,
  service: optional(service),
  timeoutMs: withDefault(milliseconds(), 5_000),
  noStore: withDefault(boolean(), false),
});

/**
 * The part of {@link xmpp} that needs no password.
 *
 * @throws TypingError `misconfigured`, where an option is invalid.
 */
export function xmppAddress(options: XmppAddressOptions = {}): ProviderAddress<XmppTarget> {
  const { jid: account, nickname } = parseOptions('xmpp', AddressOptions, options);
  const own = { jid: account, nickname: nickname ?? account?.split('@')[0] };
  return {
    specification: 1,
    name: 'xmpp',
    // https://xmpp.org/extensions/xep-0085.html
    capabilities: {
      ttl: { kind: 'until-stopped' },
      repeat: 'forbidden',
      stop: 'explicit',
      clearsOnMessage: true,
      groups: true,
      minIntervalMs: 1_000,
      sideEffects: [],
      inbound: true,
      requires: [
        'a client that shows chat states',
        'a person who is online',
        'a room in which the bot may speak',
      ],
    },
    parseTarget: (input) => parseTarget('xmpp', Target, input),
    conversationKey: conversationOf,
    ...(account !== undefined && { credentialKey: () => account }),
    targetsIn: (message) => xmppTargetsIn(message, own),
    inboundIn: (event) => xmppInboundIn(event, own),
  };
}

/**
 * An account on an XMPP server, over a connection of its own, which is made when it is first needed.
 *
 * Needs the package `@xmpp/client`.
 *
 * @throws TypingError `misconfigured`, where an option is missing or invalid.
 * @see https://xmpp.org/extensions/xep-0085.html
 */
export function xmpp(options: XmppOptions): TypingProvider<XmppTarget> {
  const given = parseOptions('xmpp', Options, options);
  const [local = '', domain = ''] = given.jid.split('@');
  const { nickname = local } = given;
  const connection = new Connection({ ...given, nickname, service: given.service ?? domain });

  async function show(
    operation: 'start' | 'stop',
    target: XmppTarget,
    { signal }: CallOptions,
  ): Promise<void> {
    const state: ChatState = operation === 'start' ? 'composing' : 'paused';
    connection.settle(target);
    try {
      await connection.use(signal, async ({ rooms, states }, over) => {
        if (target.type === 'groupchat') await rooms.join(bareOf(target.to));
        await states.send(target, state, over);
      });
    } catch (error) {
      const known = during(operation, error);
      const lostForMs = connection.returningForMs(target);
      throw lostForMs === undefined ? known : notBackYet(known, lostForMs);
    }
  }

  return {
    ...xmppAddress({ jid: given.jid, nickname }),
    async start(target, call) {
      await show('start', target, call);
      return {};
    },
    stop: (target, call) => show('stop', target, call),
    async diagnose(target, { signal }) {
      try {
        return await connection.use(signal, (online) => diagnoseConversation(online, target));
      } catch (error) {
        throw during('diagnose', error);
      }
    },
    onLost: (listener) => connection.onLost(listener),
    close: () => connection.close(),
  };
}
