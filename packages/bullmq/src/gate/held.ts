import type { GateConversation } from '@typingkit/core';
import type { Place } from '../keys.ts';

/** A session that was opened in this process. */
export interface LocalSession {
  readonly id: string;
  readonly held: Held;
  /** How long it lives without a sign of life, in milliseconds. */
  readonly idleMs: number;
  /** Until when it lives at most, on the clock of the engine. */
  readonly hardAtMs: number;
  /** From when on it holds the conversation, on the clock of the engine. */
  readonly holdsAtMs: number;
  /** Whether it stands around work: as long as that is pending here, it lives. */
  readonly isWork: boolean;
  /** Whether Redis knows of it. */
  isTold: boolean;
  /** Whether Redis has ever known of it: what is to be told anew may be there all the same. */
  wasTold: boolean;
  /** Whether Redis is being told. */
  isTelling: boolean;
  /** Whether it holds nothing for now: it is paused, or something else shows for it. */
  isResting: boolean;
  /** When it was touched last, and when Redis was told so. */
  touchedAtMs: number;
  toldTouchAtMs: number;
  readonly told: Promise<void>;
  readonly onTold: () => void;
}

/** Where everything stands that scripts want to know of a conversation. */
export interface Standing {
  readonly conversationKey: string;
  readonly credentialKey: string;
  readonly budgetKey: string;
  readonly ownedKey: string;
  readonly budget: string;
  readonly conversation: string;
  readonly process: string;
}

/** A conversation, as this process stands to it. */
export class Held implements Place {
  readonly channel: string;
  readonly tag: string;
  /** Its name in Redis. */
  readonly conversation: string;
  readonly budget: string;
  readonly standing: Standing;
  /** What the engine knows of it; `undefined` before it has been joined, and once it is forgotten. */
  known: GateConversation;
  /** Under which epoch this process owns it; 0: it does not. */
  epoch = 0;
  /** Whether another process shows it. */
  isElsewhere = false;
  readonly sessions: Map<string, LocalSession> = new Map();
  /** How far apart its starts are, and how long each lasts, in milliseconds; 0: unknown. */
  intervalMs = 0;
  lifetimeMs = 0;
  /** When its next start is due, and until when it shows, on the clock of the engine. */
  dueAtMs = 0;
  visibleUntilMs = 0;
  /** When Redis was last told of its sessions, on the clock of this machine. */
  toldAtMs: number = -Infinity;

  constructor(known: GateConversation, place: Place, budget: string, standing: Standing) {
    this.standing = standing;
    this.known = known;
    this.channel = known.account.channel;
    this.tag = place.tag;
    this.conversation = place.conversation;
    this.budget = budget;
  }
}
