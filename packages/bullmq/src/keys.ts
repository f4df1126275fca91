import { hash } from 'node:crypto';

/**
 * Where something stands in Redis. All keys of a credential carry one hash tag, so that a cluster keeps them together
 * and spreads the credentials.
 */
export interface Place {
  /** Names the credential. */
  readonly tag: string;
  /** Names the conversation, whatever its channel. */
  readonly conversation: string;
}

/** What a holder of a session's id may do with it: any process finds the conversation by it. */
export interface SessionAddress extends Place {
  readonly id: string;
}

const tagLength = 11;
const conversationLength = 22;

/** @param credential what `credentialKey` says, or the channel and the provider where it says nothing. */
export function tagOf(credential: string): string {
  return digest(credential, tagLength);
}

/** A conversation's key may hold ids of recipients; its name in Redis does not. */
export function conversationNameOf(channel: string, key: string): string {
  return digest(`${channel}\0${key}`, conversationLength);
}

export function budgetNameOf(budgetKey: string | undefined): string {
  return budgetKey === undefined ? '-' : digest(budgetKey, tagLength);
}

function seenNameOf(eventId: string): string {
  return digest(eventId, conversationLength);
}

const addressed = new RegExp(
  `^([\\w-]{${tagLength}})\\.([\\w-]{${conversationLength}})\\.[\\w-]{16,64}$`,
);

/** Where the conversation of a session is, by the session's id. */
export function addressOf(sessionId: string): SessionAddress | undefined {
  // What JavaScript may pass.
  const given: unknown = sessionId;
  const [, tag, conversation] = (typeof given === 'string' && addressed.exec(given)) || [];
  return tag !== undefined && conversation !== undefined
    ? { tag, conversation, id: sessionId }
    : undefined;
}

/** Names everything that stands in Redis. */
export class Keys {
  readonly prefix: string;

  constructor(prefix: string) {
    this.prefix = prefix;
  }

  /** Hash: owner, epoch, target, times, and until when each session holds it. */
  conversation({ tag, conversation }: Place): string {
    return `${this.prefix}:{${tag}}:c:${conversation}`;
  }

  /** Set: the conversations of one channel that a process refreshes. */
  owned(tag: string, process: string, channel: string): string {
    return `${this.prefix}:{${tag}}:own:${process}:${channel}`;
  }

  /** Hash: whether a credential is good, suspended, or being tried, and until when it or a budget of it rests. */
  credential(tag: string): string {
    return `${this.prefix}:{${tag}}:k`;
  }

  /** List: when the last requests on a budget went out. */
  budget(tag: string, budget: string): string {
    return `${this.prefix}:{${tag}}:b:${budget}`;
  }

  /** Hash: how many conversations each process has on a budget. */
  counts(tag: string, budget: string): string {
    return `${this.prefix}:{${tag}}:n:${budget}`;
  }

  /** Set: the credentials on which a process owns conversations of a channel. */
  tagsOf(process: string, channel: string): string {
    return `${this.prefix}:tags:${process}:${channel}`;
  }

  /** Text: the same as long as Redis has not forgotten everything. */
  era(): string {
    return `${this.prefix}:era`;
  }

  seen(scope: string, eventId: string): string {
    return `${this.prefix}:s:${scope}:${seenNameOf(eventId)}`;
  }

  /** Hints for one process. */
  to(process: string): string {
    return `${this.prefix}:to:${process}`;
  }

  /** Hints for all who use a credential. */
  about(tag: string): string {
    return `${this.prefix}:about:${tag}`;
  }

  /** What the people of a channel do. */
  inbound(channel: string): string {
    return `${this.prefix}:inbound:${channel}`;
  }
}

function digest(text: string, length: number): string {
  return hash('sha256', text, 'base64url').slice(0, length);
}
