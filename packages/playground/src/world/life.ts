import type { TypingEvent } from '@typingkit/core';
import { diagnosisOf } from '@typingkit/core';
import { linqWebhook } from '@typingkit/linq/webhook';
import type { Simulator } from '@typingkit/simulator';
import {
  channelOn,
  channelRows,
  forEachChannel,
  type PhoneChannel,
} from '../protocol/channels/channel-rows.ts';
import type { Settings } from '../protocol/settings.ts';
import type { DiagnosisAnswer, PhoneSnapshot } from '../protocol/snapshot.ts';
import { answer } from './bot.ts';
import { Phone } from './phone.ts';
import { type PhoneTyping, playgroundTyping } from './playground-typing.ts';
import type { ScaledClock } from './scaled-clock.ts';

const greeting = 'Hi! Write to me, and see what you see while I think.';

/** What a life takes place in. */
export interface Surroundings {
  readonly simulator: Simulator;
  readonly clock: ScaledClock;
  /** Where the simulated Linq is to send its webhooks. */
  readonly webhookUrl: string;
  readonly settings: () => Settings;
  readonly onChange: () => void;
}

/** A phone for each channel and a bot, from one start to the next. */
export class Life {
  readonly beganAtMs: number;
  readonly phones: Readonly<Record<PhoneChannel, Phone>>;
  /** Takes Linq's webhooks. */
  readonly receive: (request: Request) => Promise<Response>;
  readonly #in: Surroundings;
  readonly #typing: Readonly<Record<PhoneChannel, PhoneTyping>>;

  constructor(surroundings: Surroundings) {
    const { simulator, clock, settings, onChange } = surroundings;
    this.#in = surroundings;
    this.beganAtMs = clock.now();
    this.phones = forEachChannel(
      (channel) => new Phone(simulator, channel, settings().chats[channel]),
    );
    for (const { log } of Object.values(this.phones)) log.said('bot', greeting, this.beganAtMs);
    this.#typing = playgroundTyping(
      simulator,
      clock,
      (channel) => settings().trouble[channel] === 'wrong-key',
      (channel, event) => this.#sawEvent(channel, event),
    );
    for (const { typing } of Object.values(this.#typing)) typing.onInbound(onChange);
    this.receive = this.#subscribe();
  }

  snapshotOf(channel: PhoneChannel): PhoneSnapshot {
    const phone = this.phones[channel];
    const sessions = this.#typing[channel].typing.sessions();
    return {
      ...phone.snapshot(),
      sessions: sessions.map(({ state }) => state),
      doesBotSeeTyping: this.#doesBotSeeTyping(phone),
    };
  }

  /** The person writes, and the bot goes to work. */
  write(channel: PhoneChannel, text: string): void {
    const phone = this.phones[channel];
    const { conversation, log, vendor } = phone;
    log.said('person', text, this.#in.clock.now());
    vendor.receiveMessage(conversation.id, text);
    this.#in.onChange();
    void this.#answer(phone);
  }

  /** The person begins to type, or ceases. */
  personTypes(channel: PhoneChannel, isTyping: boolean): void {
    const phone = this.phones[channel];
    phone.isPersonTyping = isTyping;
    // Not every vendor tells of it, and Linq does by webhook.
    const state = isTyping ? 'started' : 'stopped';
    const told = phone.vendor.personTypes?.(phone.conversation.id, state);
    const { typing } = this.#typing[channel];
    for (const event of told ? typing.inboundIn(channelOn(channel), told) : []) {
      typing.receive(event);
    }
    this.#in.onChange();
  }

  /** Why nothing is seen, as typingkit explains it. */
  async diagnose(channel: PhoneChannel): Promise<DiagnosisAnswer> {
    const { conversation, log } = this.phones[channel];
    const { typing } = this.#typing[channel];
    const found = await typing.diagnose(channelOn(channel), conversation.target);
    const failure = log.lastFailure();
    if (!failure) return found;
    // The vendor founds questions as if nothing were wrong: that starts fail is known from the last one only.
    const known = found.reasons.some(({ code }) => code === failure.code);
    return known ? found : diagnosisOf([...found.reasons, failure]);
  }

  /** Opens another chat, of the kind that is switched on. The bot drops what it does in the one before. */
  openChat(channel: PhoneChannel): void {
    const { clock, settings } = this.#in;
    this.phones[channel].open(settings().chats[channel], clock.now());
  }

  async end(): Promise<void> {
    for (const phone of Object.values(this.phones)) phone.dropWork();
    const closing = Object.values(this.#typing).map(({ typing }) =>
      typing.close({ deadlineMs: 500 }),
    );
    await Promise.all(closing);
  }

  async #answer(phone: Phone): Promise<void> {
    const { clock, settings, onChange } = this.#in;
    const { channel, log, workSignal: signal } = phone;
    const tools = { typing: this.#typing[channel].typing, clock, signal };
    const endTurn = log.beganTurn(clock.now());
    try {
      await answer(phone, settings().bot, tools, (text) => {
        log.said('bot', text, clock.now());
        onChange();
      });
    } catch (error) {
      if (!signal.aborted) log.said('bot', `(${String(error)})`, clock.now());
    }
    endTurn(clock.now());
    // The bot's message has woken the chat. What is switched on is one in which it has not written for long.
    const isIdle = log.turns.every(({ toMs }) => toMs !== null);
    const chat = settings().chats[channel];
    const kind = channelRows[channel].chats.find(({ value }) => value === chat);
    if (!signal.aborted && isIdle && kind?.endsWithMessage) this.openChat(channel);
    onChange();
  }

  #subscribe(): (request: Request) => Promise<Response> {
    const { simulator, clock, webhookUrl } = this.#in;
    const { signingSecret } = simulator.linq.webhooks.subscribe({
      targetUrl: webhookUrl,
      subscribedEvents: ['chat.typing_indicator.started', 'chat.typing_indicator.stopped'],
    });
    return linqWebhook({
      secret: signingSecret,
      onTyping: (event) => this.#typing.imessage.typing.receive(event),
      now: () => clock.now(),
    });
  }

  #sawEvent(channel: PhoneChannel, event: TypingEvent): void {
    const { log } = this.phones[channel];
    log.sawEvent(event, this.#in.clock.now());
    this.#in.onChange();
  }

  #doesBotSeeTyping({ channel, conversation }: Phone): boolean | null {
    const { typing, tellsTyping } = this.#typing[channel];
    return tellsTyping ? typing.isPeerTyping(channelOn(channel), conversation.target) : null;
  }
}
