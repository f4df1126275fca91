import type { Hono } from 'hono';
import type { z } from 'zod';

import type { BubbleRules, ConversationFact, StartedBubble } from '../bubbles/bubble.ts';
import type { Observers } from '../observing/observer.ts';
import type { Schedule } from '../time/schedule.ts';

/**
 * A row of the vendor table: what a vendor is, as data, and what it does. Its name is the name under which the table
 * exports it.
 */
export interface Vendor<Handle extends VendorHandle, Settings extends VendorSettings> {
  /** What the recipient uses: `imessage`, `telegram`. */
  readonly channel: string;
  /** Where its API is below the simulator's URL. Requests reach `routes` without it. */
  readonly basePath: `/${string}`;
  /** What the environment of a bot has to say so that it uses the simulator in place of the vendor. */
  environment(at: VendorAddress): Readonly<Record<string, string>>;
  readonly settings: { readonly schema: z.ZodType<Settings>; readonly defaults: Settings };
  /** What `createConversation` takes, for the control surface. */
  readonly conversationOptions: z.ZodType<object>;
  /** What `changeConversation` takes. Default: there is nothing to change. */
  readonly conversationChange?: z.ZodType<object>;
  /** What a bubble does on the recipient's screen. A start may differ: see `VendorBubbles.start`. */
  readonly bubble: BubbleRules;
  /** Why a start that was accepted may stay dark: each reason in words that follow "accepted, but". */
  readonly silences: Readonly<Record<string, string>>;
  /** The documented failures, which can be had on demand: `faults.add({ kind: 'failure', vendor, failure })`. */
  readonly failures: VendorFailures;
  /** Where a request carries a credential, besides `Authorization` and `Cookie`: the log leaves it out. */
  readonly secrets?: SecretPlaces;
  /** Makes one that runs. Called once for each simulator. */
  create(parts: VendorParts<Settings>): RunningVendor<Handle, Settings>;
}

/** What every vendor can be told while it runs. */
export interface VendorSettings {
  /** The keys it takes. */
  readonly apiKeys: readonly string[];
}

/** Where a vendor is, and the first key it takes. */
export interface VendorAddress {
  readonly baseUrl: string;
  readonly apiKey: string;
}

/** Header names in lower case, fields of a query or a body, and the part of a path that matches. */
export interface SecretPlaces {
  readonly headers?: readonly string[];
  readonly fields?: readonly string[];
  readonly path?: RegExp;
}

/** What a vendor answers when something is wrong. A `body` that is not a string is sent as JSON. */
export interface VendorFailure {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

/** What of the moment a documented failure may quote. */
export interface FailureMoment {
  /** In whole seconds. */
  readonly retryAfterSeconds: number;
  readonly request: VendorRequest;
}

type DocumentedFailure = VendorFailure | ((moment: FailureMoment) => VendorFailure);

/** By name. Two are the same everywhere, because every vendor is busy or broken at times. */
export interface VendorFailures {
  readonly 'rate-limited': DocumentedFailure;
  readonly 'server-error': DocumentedFailure;
  readonly [name: string]: DocumentedFailure;
}

/** A request to a vendor, as far as one needs to know it to tell what it is about. */
export interface VendorRequest {
  readonly method: string;
  /** Below the vendor's base path, without the query. */
  readonly path: string;
  /** Query, and fields of a JSON object or a form. A body beats the query. */
  readonly fields: Readonly<Record<string, unknown>>;
}

/** What a request is about, whether or not the vendor takes it. */
export interface RequestMeaning {
  /** The conversation that it names, if it names one. */
  readonly conversation: string | null;
  /** `question`: it changes nothing. `null`: something else. */
  readonly intent: 'start' | 'stop' | 'message' | 'question' | null;
}

/** A conversation that exists at a simulated vendor. */
export interface SimulatedConversation {
  /** What `recipientView` and `history` know it by. */
  readonly id: string;
  /** The vendor's own ids, named as typingkit's target names them. */
  readonly target: Readonly<Record<string, unknown>>;
}

/** How a bot sends a message through a vendor's own API. */
export interface MessageRequest {
  readonly url: string;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** What a test can do at every vendor from behind. All that take an id throw an `Error` for one that does not exist. */
export interface VendorHandle {
  createConversation(options?: object): SimulatedConversation;
  changeConversation?(id: string, change: object): SimulatedConversation;
  conversations(): readonly SimulatedConversation[];
  /** The person writes to the bot. Answers the body that the vendor's webhook has for it; `null` where there is none. */
  receiveMessage(id: string, text?: string): object | null;
  /** The bot writes, by another way than this API. */
  sendMessage(id: string): void;
  /** The request with which a bot sends a message. */
  messageRequest(id: string, text: string): MessageRequest;
  /**
   * The person on the other side begins to type, stops, or does both with so many simulated milliseconds between. Answers
   * what the bot is told of it; `null` where it is told nothing, or by a webhook.
   */
  personTypes?(id: string, what: PersonTypes): object | null;
}

/** What the person on the other side does. */
export type PersonTypes = 'started' | 'stopped' | { readonly forMs: number };

/** The bubbles of one vendor's conversations. Its rules apply where nothing else is said. */
export interface VendorBubbles {
  /** Throws an `Error` for a conversation that exists. */
  open(conversation: string): void;
  has(conversation: string): boolean;
  start(conversation: string, bubble?: StartedBubble): void;
  stop(conversation: string): void;
  /** A message of ours. */
  message(conversation: string): void;
  /** The recipient brought their app to the front, which ends a bubble that is up. */
  opened(conversation: string): void;
  /** Throws an `Error` for a conversation that does not exist. */
  facts(conversation: string): readonly ConversationFact[];
}

/** What a vendor is made with. */
export interface VendorParts<Settings> {
  readonly settings: () => Settings;
  /** Simulated time, and what is to happen at some moment of it. */
  readonly schedule: Schedule;
  readonly bubbles: VendorBubbles;
  readonly observers: Observers;
  /** Known once the simulator listens. */
  readonly address: () => VendorAddress;
  /** The machine's own time. */
  readonly realNow: () => number;
  /** Tells the observers that the person on the other side began to type, or stopped. */
  readonly personTyped: (conversation: string, state: 'started' | 'stopped') => void;
}

/** A vendor that runs. */
export interface RunningVendor<Handle extends VendorHandle, Settings extends VendorSettings> {
  readonly handle: Handle;
  /** Its API: a Hono app or anything else that answers requests. */
  readonly routes: { fetch(request: Request): Response | Promise<Response> };
  /** Tells what a request is about, without acting on it. */
  read(request: VendorRequest): RequestMeaning;
  /** What it can be told over HTTP besides what all vendors can. Below `/_simulator/<vendor>`. */
  readonly control?: Hono;
  onSettings?(settings: Settings): void;
  /** Forgets all but its settings. */
  clear(): void;
  /** Breaks off what it does by itself. */
  close?(): void;
}
