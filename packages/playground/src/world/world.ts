import { setTimeout as sleep } from 'node:timers/promises';
import {
  startSimulator,
  type SimulatedVendor,
  type Simulator,
  type SimulatorEvent,
  type VendorName,
} from '@typingkit/simulator';
import { changedSettings } from '../protocol/changed-settings.ts';
import {
  channelRows,
  phoneChannels,
  type PhoneChannel,
} from '../protocol/channels/channel-rows.ts';
import { firstSettings, type Settings, type SettingsChange } from '../protocol/settings.ts';
import type { DiagnosisAnswer, SettingsAnswer, Snapshot } from '../protocol/snapshot.ts';
import { Life } from './life.ts';
import type { Phone } from './phone.ts';
import { type ScaledClock, scaledClock } from './scaled-clock.ts';
import { faultOf } from './trouble.ts';

/** How finely time is stepped, in simulated milliseconds, and how long each slice takes in real ones. */
const sliceMs = 50;
const realSliceMs = 10;

/** What {@link World.start} needs to know. */
export interface WorldOptions {
  /** Where the simulated Linq is to send its webhooks: whoever answers there passes them to `receiveWebhook`. */
  readonly webhookUrl: string;
  /** Called when a snapshot would be another one than before. */
  readonly onChange: () => void;
}

/** The vendors, what goes wrong with them, and the life that goes on over them. */
export class World {
  readonly simulator: Simulator;
  readonly #options: WorldOptions;
  readonly #clock: ScaledClock;
  readonly #faults = new Map<PhoneChannel, string>();
  #settings: Settings = firstSettings;
  #life: Life;

  private constructor(simulator: Simulator, options: WorldOptions) {
    this.simulator = simulator;
    this.#options = options;
    this.#clock = scaledClock(simulator.clock);
    this.#life = this.#begin();
    simulator.observe((event) => this.#sawVendor(event));
  }

  static async start(options: WorldOptions): Promise<World> {
    // Nobody is to run out of messages here, and webhooks go by the time that everything else goes by.
    const connectsafely = { messagesPerDay: 1_000_000 };
    const linq = { webhookTime: 'simulated' } as const;
    return new World(await startSimulator({ now: steadyNow, linq, connectsafely }), options);
  }

  snapshot(): Snapshot {
    const life = this.#life;
    return {
      nowMs: this.#clock.now(),
      beganAtMs: life.beganAtMs,
      settings: this.#settings,
      phones: Object.fromEntries(
        this.#settings.phones.map((channel) => [channel, life.snapshotOf(channel)]),
      ),
    };
  }

  /** The person writes, and the bot goes to work. */
  write(channel: PhoneChannel, text: string): void {
    this.#life.write(channel, text);
  }

  /** The person begins to type, or ceases. */
  personTypes(channel: PhoneChannel, isTyping: boolean): void {
    this.#life.personTypes(channel, isTyping);
  }

  /** Why nothing is seen, as typingkit explains it. */
  diagnose(channel: PhoneChannel): Promise<DiagnosisAnswer> {
    return this.#life.diagnose(channel);
  }

  /** Linq tells something. */
  receiveWebhook(request: Request): Promise<Response> {
    return this.#life.receive(request);
  }

  change(change: SettingsChange): SettingsAnswer {
    this.#settings = changedSettings(this.#settings, change);
    const { speed, isPaused, switches, chats, trouble, retryAfterSeconds } = change;
    if (speed !== undefined || isPaused !== undefined) this.#setPace();
    for (const channel of phoneChannels)
      if (chats?.[channel] ?? switches?.[channel] ?? trouble?.[channel])
        this.#life.phones[channel].log.switched();
    if (switches !== undefined) this.#throwSwitches();
    for (const channel of phoneChannels)
      if (chats?.[channel] !== undefined) this.#life.openChat(channel);
    if (trouble !== undefined || retryAfterSeconds !== undefined)
      for (const channel of phoneChannels) this.#causeTrouble(channel);
    this.#options.onChange();
    return { changedAtMs: this.#clock.now() };
  }

  /** Lets so much time pass while it stands still, a little at a time, so that requests get their answers in between. */
  async step(forMs: number): Promise<void> {
    for (let leftMs = forMs; leftMs > 0 && this.#settings.isPaused; leftMs -= sliceMs) {
      this.#clock.advance(Math.min(sliceMs, leftMs));
      await sleep(realSliceMs);
    }
    this.#options.onChange();
  }

  /** Everything as it was in the beginning. */
  async reset(): Promise<void> {
    await this.#life.end();
    this.simulator.reset();
    this.#faults.clear();
    this.#settings = firstSettings;
    this.#setPace();
    this.#throwSwitches();
    this.#life = this.#begin();
    this.#options.onChange();
  }

  async close(): Promise<void> {
    await this.#life.end();
    await this.simulator.close();
  }

  #begin(): Life {
    const { simulator } = this;
    const settings = (): Settings => this.#settings;
    return new Life({ ...this.#options, simulator, clock: this.#clock, settings });
  }

  #setPace(): void {
    const { isPaused, speed } = this.#settings;
    this.#clock.setSpeed(isPaused ? 0 : speed);
  }

  #throwSwitches(): void {
    for (const channel of phoneChannels) {
      const vendor: SimulatedVendor = this.simulator.vendors[channelRows[channel].vendor];
      vendor.configure(this.#settings.switches[channel]);
    }
  }

  #causeTrouble(channel: PhoneChannel): void {
    const before = this.#faults.get(channel);
    if (before !== undefined) this.simulator.faults.remove(before);
    this.#faults.delete(channel);
    const fault = faultOf(channel, this.#settings);
    if (fault) this.#faults.set(channel, this.simulator.faults.add(fault));
  }

  #sawVendor(event: SimulatorEvent): void {
    if (event.kind === 'request') {
      const { request } = event;
      this.#phoneOf(request.vendor, request.conversation)?.log.sawRequest(request);
      // They are kept in the phones' own logs, which do not grow for ever.
      this.simulator.forgetRequests();
    }
    if (event.kind === 'fact')
      this.#phoneOf(event.vendor, event.conversation)?.log.sawFact(
        event.fact,
        this.simulator.vendors[event.vendor].silences,
      );
    this.#options.onChange();
  }

  /** Others may use the same simulator, from another terminal, in conversations that are on no phone. */
  #phoneOf(vendor: VendorName | null, conversation: string | null): Phone | undefined {
    return Object.values(this.#life.phones).find(
      (phone) => phone.vendor.name === vendor && phone.has(conversation),
    );
  }
}

/** A change of the machine's clock does not turn it back. */
function steadyNow(): number {
  return performance.timeOrigin + performance.now();
}
