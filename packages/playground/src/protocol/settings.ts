import { forEachChannel, type PhoneChannel } from './channels/channel-rows.ts';

export type { PhoneChannel } from './channels/channel-rows.ts';

/** What the vendor does to requests about typing. */
export type Trouble = 'none' | 'wrong-key' | 'rate-limited' | 'server-error' | 'hang' | 'reset';

/** How the bot works. */
export interface BotSettings {
  /** How long it thinks before it has an answer, in simulated milliseconds. */
  readonly thinkMs: number;
  /** How fast it writes where it sends every sentence: a sentence is ready when a person would have typed it. */
  readonly wordsPerMinute: number;
  readonly answer: 'short' | 'medium' | 'long';
  /** Whether it sends every sentence as soon as it has it. */
  readonly streams: boolean;
}

/** Everything that can be switched. */
export interface Settings {
  readonly bot: BotSettings;
  /** Simulated milliseconds for each real one. */
  readonly speed: number;
  /** Whether simulated time stands still. */
  readonly isPaused: boolean;
  /** Which two phones are to be seen, the left one first. */
  readonly phones: readonly [PhoneChannel, PhoneChannel];
  /** Which kind of chat each phone shows: one of its row's. */
  readonly chats: Readonly<Record<PhoneChannel, string>>;
  /** What is switched at each vendor, by setting. */
  readonly switches: Readonly<Record<PhoneChannel, Readonly<Record<string, string>>>>;
  readonly trouble: Readonly<Record<PhoneChannel, Trouble>>;
  /** What a 429 says in `Retry-After`, in seconds. */
  readonly retryAfterSeconds: number;
}

/** What is left out stays as it is. */
export interface SettingsChange {
  readonly bot?: Change<BotSettings> | undefined;
  readonly speed?: number | undefined;
  readonly isPaused?: boolean | undefined;
  readonly phones?: Settings['phones'] | undefined;
  readonly chats?: Change<Settings['chats']> | undefined;
  readonly switches?: Change<Settings['switches']> | undefined;
  readonly trouble?: Change<Settings['trouble']> | undefined;
  readonly retryAfterSeconds?: number | undefined;
}

type Change<Fields> = { readonly [Name in keyof Fields]?: Fields[Name] | undefined };

/** How the playground begins. */
export const firstSettings: Settings = {
  bot: { thinkMs: 8_000, wordsPerMinute: 60, answer: 'medium', streams: false },
  speed: 1,
  isPaused: false,
  phones: ['imessage', 'linkedin'],
  chats: forEachChannel((_, { chats: [first] }) => first.value),
  switches: forEachChannel((_, { switches }) =>
    Object.fromEntries(switches.map(({ setting, first }) => [setting, first])),
  ),
  trouble: forEachChannel(() => 'none'),
  retryAfterSeconds: 15,
};
