import type { TypingEvent } from '@typingkit/core';
import { linqWebhook } from '@typingkit/linq/webhook';
import type { Simulator } from '@typingkit/simulator';
import type { PhoneChannel, Settings } from '../protocol/settings.ts';
import type { DiagnosisAnswer, PhoneSnapshot } from '../protocol/snapshot.ts';
import { answer } from './bot.ts';
import { openChat, openLinkedInConversation } from './conversation.ts';
import { Phone } from './phone.ts';
import { type PlaygroundTyping, playgroundTyping } from './playground-typing.ts';
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

/** Two phones and a bot, from one start to the next. */
export class Life {
  readonly beganAtMs: number;
  readonly phones: Readonly<Record<PhoneChannel, Phone>>;
  /** Takes Linq's webhooks. */
  readonly receive: (request: Request) => Promise<Response>;
  readonly #in: Surroundings;
  readonly #typing: PlaygroundTyping;

  constructor(surroundings: Surroundings) {
    const { simulator, clock, settings, onChange } = surroundings;
    this.#in = surroundings;
    this.beganAtMs = clock.now();
    this.phones = {
      imessage: new Phone(simulator, openChat(simulator, settings().chat)),
      linkedin: new Phone(simulator, openLinkedInConversation(simulator)),
    };
    for (const { log } of Object.values(this.phones)) log.said('bot', greeting, this.beganAtMs);
    this.#typing = playgroundTyping(
      simulator,
      clock,
      (channel) => settings().trouble[channel] === 'wrong-key',
      (event) => this.#sawEvent(event),
    );
    this.#typing.onInbound(onChange, { channel: 'imessage' });
    this.receive = this.#subscribe();
  }

  snapshotOf(channel: PhoneChannel): PhoneSnapshot {
    const phone = this.phones[channel];
    const sessions = this.#typing.sessions().filter((session) => session.channel === channel);
    return {
      ...phone.snapshot(),
      sessions: sessions.map(({ state }) => state),
      doesBotSeeTyping: this.#doesBotSeeTyping(phone),
    };
  }

  /** The person writes, and the bot goes to work. */
  write(channel: PhoneChannel, text: string): void {
    const phone = this.phones[channel];
    const { conversation, log } = phone;
    log.said('person', text, this.#in.clock.now());
    if (conversation.channel === 'imessage')
      this.#in.simulator.linq.receiveMessage(conversation.target.chatId);
    this.#in.onChange();
    void this.#answer(phone);
  }

  /** The person begins to type, or ceases. */
  personTypes(channel: PhoneChannel, isTyping: boolean): void {
    const phone = this.phones[channel];
    const { conversation } = phone;
    phone.isPersonTyping = isTyping;
    // LinkedIn's vendor has nothing to tell it with.
    if (conversation.channel === 'imessage') {
      const state = isTyping ? 'started' : 'stopped';
      this.#in.simulator.linq.personTypes(conversation.target.chatId, state);
    }
    this.#in.onChange();
  }

  /** Why nothing is seen, as typingkit explains it. */
  diagnose(channel: PhoneChannel): Promise<DiagnosisAnswer> {
    const { conversation } = this.phones[channel];
    return conversation.channel === 'imessage'
      ? this.#typing.diagnose(conversation.channel, conversation.target)
      : this.#typing.diagnose(conversation.channel, conversation.target);
  }

  /** Opens another chat, of the kind that is switched on. The bot drops what it does in the one before. */
  openChat(): void {
    const { simulator, clock, settings } = this.#in;
    this.phones.imessage.open(openChat(simulator, settings().chat), clock.now());
  }

  async end(): Promise<void> {
    for (const phone of Object.values(this.phones)) phone.dropWork();
    await this.#typing.close({ deadlineMs: 500 });
  }

  async #answer(phone: Phone): Promise<void> {
    const { simulator, clock, settings, onChange } = this.#in;
    const { conversation, log, workSignal: signal } = phone;
    const tools = { simulator, typing: this.#typing, clock, signal };
    const endTurn = log.beganTurn(clock.now());
    try {
      await answer(conversation, settings().bot, tools, (text) => {
        log.said('bot', text, clock.now());
        onChange();
      });
    } catch (error) {
      if (!signal.aborted) log.said('bot', `(${String(error)})`, clock.now());
    }
    endTurn(clock.now());
    // The bot's message has woken the chat. What is switched on is one in which it has not written for long.
    const isIdle = log.turns.every(({ toMs }) => toMs !== null);
    if (!signal.aborted && isIdle && phone.channel === 'imessage' && settings().chat === 'inactive')
      this.openChat();
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
      onTyping: (event) => this.#typing.receive(event),
      now: () => clock.now(),
    });
  }

  #sawEvent(event: TypingEvent): void {
    const { imessage, linkedin } = this.phones;
    const { log } = event.channel === 'imessage' ? imessage : linkedin;
    log.sawEvent(event, this.#in.clock.now());
    this.#in.onChange();
  }

  #doesBotSeeTyping({ conversation }: Phone): boolean | null {
    if (conversation.channel !== 'imessage') return null;
    return this.#typing.isPeerTyping(conversation.channel, conversation.target);
  }
}
