import type { SimulatedConversation, SimulatedVendor, Simulator } from '@typingkit/simulator';
import { channelRows, type PhoneChannel } from '../protocol/channels/channel-rows.ts';
import type { BubbleShown, PhoneSnapshot } from '../protocol/snapshot.ts';
import { PhoneLog } from './phone-log.ts';

/** How many bubbles are told of. */
const bubblesTold = 100;

/** One phone: the conversation that is open on it, and what happened on it before. */
export class Phone {
  readonly channel: PhoneChannel;
  readonly vendor: SimulatedVendor;
  readonly log: PhoneLog = new PhoneLog();
  isPersonTyping = false;
  #conversation: SimulatedConversation;
  #work = new AbortController();
  readonly #before: BubbleShown[] = [];
  readonly #ids = new Set<string>();

  /** @param chat which kind of chat is open on it first. */
  constructor(simulator: Simulator, channel: PhoneChannel, chat: string) {
    this.channel = channel;
    this.vendor = simulator.vendors[channelRows[channel].vendor];
    this.#conversation = this.#create(chat);
  }

  /** As it is now: where a target is a message, each new message is another one. */
  get conversation(): SimulatedConversation {
    const { id } = this.#conversation;
    return this.vendor.conversations().find((one) => one.id === id) ?? this.#conversation;
  }

  /** Is aborted when the bot is to drop what it does now. */
  get workSignal(): AbortSignal {
    return this.#work.signal;
  }

  dropWork(): void {
    this.#work.abort(new Error('The conversation is over.'));
    this.#work = new AbortController();
  }

  /** Opens another chat of a kind. What was on the screen stays on the timeline. */
  open(chat: string, nowMs: number): void {
    this.dropWork();
    for (const bubble of this.#shown()) {
      const isCut = bubble.toMs === null;
      this.#before.push(isCut ? { ...bubble, toMs: nowMs, endedBy: 'another-chat' } : bubble);
    }
    this.#conversation = this.#create(chat);
  }

  /** Whether a conversation is open on it, or was before. `null`: the request names none. */
  has(conversation: string | null): boolean {
    return conversation === null || this.#ids.has(conversation);
  }

  snapshot(): Omit<PhoneSnapshot, 'sessions' | 'doesBotSeeTyping'> {
    const { log, isPersonTyping, channel } = this;
    const { key } = channelRows[channel];
    const environment = Object.entries(this.vendor.environment).filter(
      ([name]) => name !== key.variable,
    );
    const shown = this.#shown();
    return {
      reachedAt: {
        environment: Object.fromEntries(environment),
        target: this.conversation.target,
      },
      isBubbleVisible: shown.at(-1)?.toMs === null,
      bubbles: [...this.#before, ...shown].slice(-bubblesTold),
      messages: log.messages,
      turns: log.turns,
      requests: log.requests,
      pauses: log.pauses,
      events: log.events,
      switchedAfterId: log.switchedAfterId,
      isPersonTyping,
    };
  }

  #create(chat: string): SimulatedConversation {
    const kind = channelRows[this.channel].chats.find(({ value }) => value === chat);
    const conversation = this.vendor.createConversation(kind?.options);
    this.#ids.add(conversation.id);
    return conversation;
  }

  #shown(): readonly BubbleShown[] {
    return this.vendor.recipientView(this.#conversation.id);
  }
}
