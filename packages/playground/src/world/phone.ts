import type { Simulator } from '@typingkit/simulator';
import type { PhoneChannel } from '../protocol/settings.ts';
import type { BubbleShown, PhoneSnapshot } from '../protocol/snapshot.ts';
import { type Conversation, idOf } from './conversation.ts';
import { PhoneLog } from './phone-log.ts';

/** How many bubbles are told of. */
const bubblesTold = 100;

/** One phone: the conversation that is open on it, and what happened on it before. */
export class Phone {
  readonly channel: PhoneChannel;
  readonly log: PhoneLog = new PhoneLog();
  isPersonTyping = false;
  #conversation: Conversation;
  #work = new AbortController();
  readonly #simulator: Simulator;
  readonly #before: BubbleShown[] = [];
  readonly #ids = new Set<string>();

  constructor(simulator: Simulator, conversation: Conversation) {
    this.channel = conversation.channel;
    this.#simulator = simulator;
    this.#conversation = conversation;
    this.#ids.add(idOf(conversation));
  }

  get conversation(): Conversation {
    return this.#conversation;
  }

  /** Is aborted when the bot is to drop what it does now. */
  get workSignal(): AbortSignal {
    return this.#work.signal;
  }

  dropWork(): void {
    this.#work.abort(new Error('The conversation is over.'));
    this.#work = new AbortController();
  }

  /** Opens another conversation. What was on the screen stays on the timeline. */
  open(conversation: Conversation, nowMs: number): void {
    this.dropWork();
    for (const bubble of this.#shown()) {
      const isCut = bubble.toMs === null;
      this.#before.push(isCut ? { ...bubble, toMs: nowMs, endedBy: 'another-chat' } : bubble);
    }
    this.#conversation = conversation;
    this.#ids.add(idOf(conversation));
  }

  /** Whether a conversation is open on it, or was before. `null`: the request names none. */
  has(conversation: string | null): boolean {
    return conversation === null || this.#ids.has(conversation);
  }

  snapshot(): Omit<PhoneSnapshot, 'sessions' | 'doesBotSeeTyping'> {
    const { log, isPersonTyping, channel } = this;
    const { linq, connectsafely } = this.#simulator;
    const { baseUrl } = channel === 'imessage' ? linq : connectsafely;
    const shown = this.#shown();
    return {
      reachedAt: { baseUrl, target: this.#conversation.target },
      isBubbleVisible: shown.at(-1)?.toMs === null,
      bubbles: [...this.#before, ...shown].slice(-bubblesTold),
      messages: log.messages,
      turns: log.turns,
      requests: log.requests,
      pauses: log.pauses,
      events: log.events,
      isPersonTyping,
    };
  }

  #shown(): readonly BubbleShown[] {
    return this.#simulator.recipientView(idOf(this.#conversation));
  }
}
