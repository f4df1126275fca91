import type { Hono } from 'hono';

import { bubbleIntervals } from '../bubbles/bubble.ts';
import type { BubbleInterval, ConversationFact } from '../bubbles/bubble.ts';
import type { ConversationLog } from '../bubbles/conversation-log.ts';
import { createVendorBubbles } from '../bubbles/vendor-bubbles.ts';
import { checkInput, withoutUndefined } from '../input.ts';
import type { Observers } from '../observing/observer.ts';
import type { Schedule } from '../time/schedule.ts';
import type {
  RunningVendor,
  Vendor,
  VendorAddress,
  VendorHandle,
  VendorSettings,
} from './vendor.ts';
import type { VendorName } from './vendor-registry.ts';

/** What is left out stays as it is. */
export type Change<Settings> = {
  readonly [Name in keyof Settings]?: Settings[Name] | undefined;
};

/** What all vendors of a `Simulator` have besides their own operations. */
export interface VendorBasics<Settings> extends VendorAddress {
  readonly name: VendorName;
  /** What the recipient uses. */
  readonly channel: string;
  /** What the environment of a bot has to say so that it uses this vendor in place of the real one. */
  readonly environment: Readonly<Record<string, string>>;
  /** The names of its documented failures, for `faults`. */
  readonly failures: readonly string[];
  /** Why a start that was accepted may stay dark, by reason, in words that follow "accepted, but". */
  readonly silences: Readonly<Record<string, string>>;
  settings(): Settings;
  /** Throws a `TypeError` that says what is wrong with the change. */
  configure(change: Change<Settings>): Settings;
  /** As the simulator's own, in this vendor's conversations alone. */
  recipientView(conversation: string): readonly BubbleInterval[];
  history(conversation: string): readonly ConversationFact[];
}

/** A vendor as a `Simulator` has it. */
export type SimulatedVendor<
  Handle extends VendorHandle = VendorHandle,
  Settings extends VendorSettings = VendorSettings,
> = Handle & VendorBasics<Settings>;

/** What all vendors of one simulator share. */
export interface Surroundings {
  readonly schedule: Schedule;
  readonly conversations: ConversationLog;
  readonly observers: Observers;
  /** The simulator's URL. Known once it listens. */
  url(): string;
  /** The machine's own time. */
  realNow(): number;
}

/** A vendor of one simulator, and what runs it. */
export interface StartedVendor {
  readonly name: VendorName;
  readonly row: Vendor<VendorHandle, VendorSettings>;
  readonly running: RunningVendor<VendorHandle, VendorSettings>;
  readonly simulated: SimulatedVendor;
  readonly control: Hono | undefined;
}

/** Throws a `TypeError` that says what is wrong with the settings. */
export function startVendor(
  name: VendorName,
  row: Vendor<VendorHandle, VendorSettings>,
  change: object,
  surroundings: Surroundings,
): StartedVendor {
  const { schedule, conversations, observers } = surroundings;
  const { clock } = schedule;
  const changed = (before: VendorSettings, next: object): VendorSettings =>
    checkInput(
      row.settings.schema,
      { ...before, ...withoutUndefined(next) },
      `Settings of ${name}`,
    );
  let settings = changed(row.settings.defaults, change);
  const address = (): VendorAddress => ({
    baseUrl: `${surroundings.url()}${row.basePath}`,
    apiKey: settings.apiKeys[0] ?? '',
  });
  const running = row.create({
    settings: () => settings,
    schedule,
    bubbles: createVendorBubbles(name, row.bubble, conversations, clock),
    observers,
    address,
    realNow: () => surroundings.realNow(),
    personTyped(conversation, state) {
      observers.tell({ kind: 'person', atMs: clock.now(), vendor: name, conversation, state });
    },
  });
  const basics: VendorBasics<VendorSettings> = {
    name,
    channel: row.channel,
    get baseUrl() {
      return address().baseUrl;
    },
    get apiKey() {
      return address().apiKey;
    },
    get environment() {
      return row.environment(address());
    },
    failures: Object.keys(row.failures),
    silences: row.silences,
    settings: () => settings,
    configure(next) {
      settings = changed(settings, next);
      running.onSettings?.(settings);
      return settings;
    },
    recipientView: (conversation) =>
      bubbleIntervals(conversations.facts(conversation, name), clock.now()),
    history: (conversation) => conversations.facts(conversation, name),
  };
  // Not a copy: a getter has to stay one.
  const simulated = Object.defineProperties(
    { ...running.handle, ...basics },
    Object.getOwnPropertyDescriptors(basics),
  );
  return { name, row, running, simulated, control: running.control };
}
