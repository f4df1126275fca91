import type { PhoneChannel, Settings } from './settings.ts';

/** Everything the page shows. All times are simulated, in milliseconds since the Unix epoch. */
export interface Snapshot {
  /** When this was so. */
  readonly nowMs: number;
  /** When the playground was last started anew. */
  readonly beganAtMs: number;
  readonly settings: Settings;
  /** Those that are to be seen. */
  readonly phones: Readonly<Partial<Record<PhoneChannel, PhoneSnapshot>>>;
}

/** Where another program finds a conversation. */
interface VendorAddress {
  /** What the environment has to say, without the key. */
  readonly environment: Readonly<Record<string, string>>;
  readonly target: Readonly<Record<string, unknown>>;
}

/** One phone, as its owner sees it, and what the bot knows of it. */
export interface PhoneSnapshot {
  /** Where the conversation is that is open on it. */
  readonly reachedAt: VendorAddress;
  /** Whether the bubble is on the screen now. */
  readonly isBubbleVisible: boolean;
  /** When it was, oldest first. */
  readonly bubbles: readonly BubbleShown[];
  readonly messages: readonly ChatMessage[];
  /** When the bot was at work. */
  readonly turns: readonly BotTurn[];
  readonly requests: readonly SeenRequest[];
  /** When the engine sent nothing on purpose. */
  readonly pauses: readonly EnginePause[];
  readonly events: readonly EventLine[];
  /** The last event before something was switched that decides what happens to requests. */
  readonly switchedAfterId: number;
  /** What the sessions of this conversation are doing. */
  readonly sessions: readonly string[];
  /** Whether the person is typing. */
  readonly isPersonTyping: boolean;
  /** Whether the bot knows that. `null`: the vendor does not tell. */
  readonly doesBotSeeTyping: boolean | null;
}

/** A time during which the bubble was on the screen. */
export interface BubbleShown {
  readonly fromMs: number;
  /** `null` while it is there. */
  readonly toMs: number | null;
  readonly endedBy:
    | 'expired'
    | 'stopped'
    | 'message'
    | 'opened'
    | 'replaced'
    | 'another-chat'
    | null;
  /** What the recipient reads behind the bot's name, where the vendor shows a text. Left out for plain typing. */
  readonly shows?: string;
}

export interface ChatMessage {
  readonly id: number;
  readonly from: 'bot' | 'person';
  readonly text: string;
  readonly atMs: number;
}

export interface BotTurn {
  readonly id: number;
  readonly fromMs: number;
  /** `null` while it works. */
  readonly toMs: number | null;
}

/** A request as it came over the wire. */
export interface SeenRequest {
  readonly id: number;
  readonly kind: 'start' | 'refresh' | 'stop' | 'message' | 'question';
  readonly atMs: number;
  /** `null`: not answered. */
  readonly status: number | null;
  readonly fault: string | null;
  /** Why an accepted start put nothing on the screen, in words. */
  readonly hiddenBecause: string | null;
  /** What was sent, without keys: method, path and body. */
  readonly sent: string;
}

export interface EnginePause {
  readonly id: number;
  /** What rests. */
  readonly scope: 'credential' | 'conversation' | 'budget';
  readonly fromMs: number;
  /** When the next request may go out. */
  readonly untilMs: number;
}

/** One event of the engine, in words. */
export interface EventLine {
  readonly id: number;
  readonly atMs: number;
  readonly type: string;
  /** The code of the error, where it failed. */
  readonly code: string | null;
  readonly text: string;
}

/** What the page gets when it has changed something. */
export interface SettingsAnswer {
  /** Snapshots from then on have the change in them. */
  readonly changedAtMs: number;
}

/** What the page gets from `diagnose`. */
export interface DiagnosisAnswer {
  readonly willShow: 'yes' | 'no' | 'unknown';
  readonly reasons: readonly {
    readonly code: string;
    readonly effect: 'hides' | 'may-hide';
    readonly message: string;
    readonly advice: string;
  }[];
}
