import type { DiagnosisReason, TypingError, TypingEvent } from '@typingkit/core';
import { errorCodeRow } from '@typingkit/core/error-codes';
import type { ConversationFact, LoggedRequest } from '@typingkit/simulator';
import type {
  BotTurn,
  ChatMessage,
  EnginePause,
  EventLine,
  SeenRequest,
} from '../protocol/snapshot.ts';
import { eventInWords } from './event-line.ts';
import { pauseOf } from './pause-of.ts';

/** How much of each list is kept: more than the page can draw. */
const kept = 150;

/** How many characters of a request are told. */
const mostSent = 300;

type Changeable<Item> = { -readonly [Field in keyof Item]: Item[Field] };

/** What happened on one phone, newest last. All times are simulated. */
export class PhoneLog {
  readonly messages: ChatMessage[] = [];
  readonly turns: Changeable<BotTurn>[] = [];
  readonly requests: Changeable<SeenRequest>[] = [];
  readonly pauses: Changeable<EnginePause>[] = [];
  readonly events: EventLine[] = [];
  /** What was said before is of other switches. */
  switchedAfterId = 0;
  #lastId = 0;
  #lastError: TypingError | undefined;
  #hiddenBecause: SeenRequest['hiddenBecause'] = null;

  said(from: ChatMessage['from'], text: string, atMs: number): void {
    keep(this.messages, { id: this.#nextId(), from, text, atMs });
  }

  /** The bot begins to work. @returns what ends that. */
  beganTurn(atMs: number): (endedAtMs: number) => void {
    const turn: Changeable<BotTurn> = { id: this.#nextId(), fromMs: atMs, toMs: null };
    keep(this.turns, turn);
    return (endedAtMs) => {
      turn.toMs = endedAtMs;
    };
  }

  /** @param silences the vendor's reasons, in words. */
  sawFact(fact: ConversationFact, silences: Readonly<Record<string, string>>): void {
    // The request that brought it about follows at once.
    if (fact.kind !== 'start') return;
    const { hiddenBecause } = fact;
    this.#hiddenBecause =
      hiddenBecause === null ? null : (silences[hiddenBecause] ?? hiddenBecause);
  }

  /** Something was switched that decides what happens to requests. */
  switched(): void {
    this.switchedAfterId = this.#lastId;
    this.#lastError = undefined;
  }

  /** What the last start says of the next one, where it has failed since something was switched. */
  lastFailure(): DiagnosisReason | undefined {
    const error = this.#lastError;
    if (!error) return undefined;
    const { advice } = errorCodeRow(error.code);
    const { code, reason, status } = error;
    const answer = status === undefined ? reason : `${status} ${reason}`;
    const message = `the last start has failed: ${answer}`;
    return { code, effect: 'may-hide', message, advice: error.advice ?? advice };
  }

  sawRequest(request: LoggedRequest): void {
    const { atMs, status, fault } = request;
    const kind = kindOf(request);
    const hiddenBecause = kind === 'start' ? this.#hiddenBecause : null;
    this.#hiddenBecause = null;
    const sent = `${request.method} ${request.path} ${request.body}`.trim().slice(0, mostSent);
    keep(this.requests, { id: this.#nextId(), kind, atMs, status, fault, hiddenBecause, sent });
  }

  sawEvent(event: TypingEvent, atMs: number): void {
    const { type } = event;
    const code = type === 'failed' ? event.error.code : null;
    keep(this.events, { id: this.#nextId(), atMs, type, code, text: eventInWords(event) });
    if (type === 'refreshed') {
      const request = this.requests.findLast(({ kind }) => kind === 'start' || kind === 'refresh');
      if (request) request.kind = 'refresh';
    }
    if (type === 'failed' && event.operation === 'start') this.#lastError = event.error;
    if (type === 'started' || type === 'refreshed') this.#lastError = undefined;
    if (type === 'resumed') this.#endPauses(atMs);
    const pause = pauseOf(event, atMs);
    // One that goes on is told of with each start that it skips.
    if (!pause || this.pauses.some(({ untilMs }) => untilMs === pause.untilMs)) return;
    this.#endPauses(atMs);
    keep(this.pauses, { id: this.#nextId(), ...pause, fromMs: atMs });
  }

  #endPauses(atMs: number): void {
    for (const pause of this.pauses) pause.untilMs = Math.min(pause.untilMs, atMs);
  }

  #nextId(): number {
    this.#lastId += 1;
    return this.#lastId;
  }
}

function keep<Item>(list: Item[], item: Item): void {
  list.push(item);
  if (list.length > kept) list.shift();
}

/** What the vendor does not know is no more than a question. */
function kindOf({ intent }: LoggedRequest): SeenRequest['kind'] {
  return intent ?? 'question';
}
