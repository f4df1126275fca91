/** The two phones. */
export type PhoneChannel = 'imessage' | 'linkedin';

/** What the vendor does to requests about typing. */
export type Trouble = 'none' | 'wrong-key' | 'rate-limited' | 'server-error' | 'hang' | 'reset';

/** What kind of chat the iMessage phone shows. `inactive`: before each turn, nobody wrote since yesterday. */
export type ChatKind = 'active' | 'inactive' | 'sms' | 'group';

/** Which of Linq's documented behaviours. */
type VendorEra = 'april' | 'july' | 'august';

/** How the bot works. */
export interface BotSettings {
  /** How long it thinks before it has an answer, in simulated milliseconds. */
  readonly thinkMs: number;
  readonly answer: 'short' | 'medium' | 'long';
  /** Whether it sends every sentence as soon as it has it. */
  readonly streams: boolean;
}

/** Everything that can be switched. */
export interface Settings {
  readonly bot: BotSettings;
  /** Simulated milliseconds for each real one. */
  readonly speed: number;
  readonly era: VendorEra;
  readonly chat: ChatKind;
  readonly trouble: Readonly<Record<PhoneChannel, Trouble>>;
  /** What a 429 says in `Retry-After`, in seconds. */
  readonly retryAfterSeconds: number;
}

/** What is left out stays as it is. */
export interface SettingsChange {
  readonly bot?:
    | { readonly [Name in keyof BotSettings]?: BotSettings[Name] | undefined }
    | undefined;
  readonly speed?: number | undefined;
  readonly era?: VendorEra | undefined;
  readonly chat?: ChatKind | undefined;
  readonly trouble?: { readonly [Channel in PhoneChannel]?: Trouble | undefined } | undefined;
  readonly retryAfterSeconds?: number | undefined;
}

/** How the playground begins. */
export const firstSettings: Settings = {
  bot: { thinkMs: 8_000, answer: 'medium', streams: false },
  speed: 1,
  era: 'august',
  chat: 'active',
  trouble: { imessage: 'none', linkedin: 'none' },
  retryAfterSeconds: 15,
};
