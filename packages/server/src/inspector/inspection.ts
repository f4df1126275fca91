import type { Clock, SessionSnapshot, TypingEvent } from '@typingkit/core';
import { errorCodeRow } from '@typingkit/core/error-codes';
import type { EventLog, LoggedEvent } from '../events/event-log.ts';
import type { AnyTyping } from '../served-typing.ts';
import { LastEntries } from '../sessions/last-entries.ts';
import type { Masks } from '../sessions/masks.ts';
import type { SessionList } from '../sessions/session-list.ts';
import { firstSessions, isTroubled } from './first-sessions.ts';
import type {
  InspectedChannel,
  InspectedDiagnosis,
  InspectedEvent,
  InspectedFailure,
  InspectedPlace,
  InspectedRest,
  InspectedSession,
  InspectedState,
} from './inspected.ts';
import { type Failure, type Rest, Troubles } from './troubles.ts';

/** What the inspector looks at. */
export interface InspectionParts {
  readonly typing: AnyTyping;
  readonly events: EventLog;
  readonly list: SessionList;
  readonly masks: Masks;
  readonly clock: Clock;
}

/** A conversation that the page has been told of, so that it can ask about it by its mask. */
interface KnownConversation {
  readonly channel: string;
  readonly provider: string;
  readonly key: string;
  readonly target: unknown;
}

const mostKnown = 1_000;
/** How many events of a conversation go out at first. */
const mostPast = 500;

/** Everything that the inspector's page can ask. Holds no secret, and shows recipients only where it is asked to. */
export class Inspection {
  readonly #parts: InspectionParts;
  readonly #troubles = new Troubles();
  readonly #known = new LastEntries<KnownConversation>(mostKnown);
  readonly #forget: () => void;

  constructor(parts: InspectionParts) {
    this.#parts = parts;
    this.#forget = parts.typing.observe((event) => this.#troubles.see(event));
  }

  state(areRecipientsShown: boolean): InspectedState {
    const snapshots = this.#parts.list.all();
    const channels = channelsOf(snapshots);
    return {
      nowMs: Date.now(),
      sessionCount: snapshots.length,
      troubledCount: channels.reduce((sum, { troubledCount }) => sum + troubledCount, 0),
      sessions: firstSessions(snapshots).map((snapshot) =>
        this.#sessionOf(snapshot, areRecipientsShown),
      ),
      channels,
      rests: this.#troubles.rests(snapshots).map((rest) => this.#restOf(rest, areRecipientsShown)),
      failures: this.#troubles
        .failures()
        .map((failure) => this.#failureOf(failure, areRecipientsShown)),
      areRecipientsShown,
    };
  }

  /** What happened in a conversation behind an event, oldest first, and the number to ask for next. */
  happenedIn(
    conversation: string,
    after: number,
  ): { readonly events: readonly InspectedEvent[]; readonly newest: number } {
    const { events: log } = this.#parts;
    const known = this.#known.get(conversation);
    if (!known) return { events: [], newest: after };
    const { events } = log.after(after, Number.MAX_SAFE_INTEGER);
    const found = events.filter(({ event }) => isAbout(event, known)).slice(-mostPast);
    return { events: found.map((logged) => this.#eventOf(logged)), newest: log.newest };
  }

  /** `undefined`: nobody knows this conversation any more. */
  async diagnose(
    conversation: string,
    signal: AbortSignal,
  ): Promise<InspectedDiagnosis | undefined> {
    const known = this.#known.get(conversation);
    if (!known) return undefined;
    const { typing } = this.#parts;
    const { willShow, reasons } = await typing.diagnose(known.channel, known.target, { signal });
    const shown = reasons.map(({ effect, message, advice }) => ({ effect, message, advice }));
    return { willShow, reasons: shown };
  }

  close(): void {
    this.#forget();
  }

  #restOf(rest: Rest, isRecipientShown: boolean): InspectedRest {
    const { by, why, advice, sessionCount } = rest;
    const untilMs = this.#dateMs(rest.untilMs) ?? 0;
    return { ...this.#placeOf(rest, isRecipientShown), by, why, advice, untilMs, sessionCount };
  }

  #failureOf({ event, lastAtMs, count }: Failure, isRecipientShown: boolean): InspectedFailure {
    const { operation, error } = event;
    const { code, status, reason, advice = errorCodeRow(code).advice } = error;
    const place = this.#placeOf(event, isRecipientShown);
    return { ...place, operation, code, status, reason, advice, lastAtMs, count };
  }

  #placeOf(
    {
      channel,
      provider,
      conversation: key,
    }: Pick<TypingEvent, 'channel' | 'provider' | 'conversation'>,
    isRecipientShown: boolean,
  ): InspectedPlace {
    const conversation = key === undefined ? undefined : this.#parts.masks.of(channel, key);
    return { channel, provider, conversation, recipient: isRecipientShown ? key : undefined };
  }

  #sessionOf(snapshot: SessionSnapshot, isRecipientShown: boolean): InspectedSession {
    const { id, label, channel, provider, conversation: key, target, state, pause } = snapshot;
    const { list, masks } = this.#parts;
    const conversation = masks.of(channel, key);
    this.#known.set(conversation, { channel, provider, key, target });
    return {
      id,
      label,
      channel,
      provider,
      conversation,
      recipient: isRecipientShown ? key : undefined,
      state,
      openedAtMs: Math.round(Date.now() - snapshot.ageMs - list.ageMs),
      nextStartAtMs: this.#dateMs(snapshot.nextStartAtMs),
      pausedBy: pause?.by,
      pausedUntilMs: this.#dateMs(pause?.untilMs),
    };
  }

  #eventOf({ number, atMs, event }: LoggedEvent): InspectedEvent {
    const { type } = event;
    const told = { ...noDetails, ...event };
    const { sessionId, durationMs, operation, error, withinMs, pausedBy, untilMs } = told;
    return {
      number,
      atMs,
      type,
      sessionId,
      durationMs,
      operation,
      code: error?.code,
      status: error?.status,
      withinMs,
      pausedBy,
      untilMs: this.#dateMs(untilMs),
    };
  }

  /** A moment on the clock of the engine as the rest of the world counts it. */
  #dateMs(engineMs: number | undefined): number | undefined {
    if (engineMs === undefined || !Number.isFinite(engineMs)) return undefined;
    return Math.round(Date.now() + engineMs - this.#parts.clock.now());
  }
}

const noDetails: {
  readonly sessionId?: string;
  readonly durationMs?: number;
  readonly operation?: 'start' | 'stop';
  readonly error?: { readonly code: string; readonly status?: number | undefined } | undefined;
  readonly withinMs?: number;
  readonly pausedBy?: string | undefined;
  readonly untilMs?: number | undefined;
} = {};

/** What happens to a credential happens to all of its conversations. */
function isAbout(event: TypingEvent, { channel, provider, key }: KnownConversation): boolean {
  if (event.channel !== channel || event.provider !== provider) return false;
  if (event.type === 'suspended' && event.pausedBy === 'credential') return true;
  return event.conversation === key;
}

function channelsOf(snapshots: readonly SessionSnapshot[]): readonly InspectedChannel[] {
  const channels = new Map<
    string,
    { -readonly [Field in keyof InspectedChannel]: InspectedChannel[Field] }
  >();
  for (const snapshot of snapshots) {
    const { channel, provider } = snapshot;
    const key = `${channel}\0${provider}`;
    const known = channels.get(key) ?? { channel, provider, sessionCount: 0, troubledCount: 0 };
    known.sessionCount += 1;
    if (isTroubled(snapshot)) known.troubledCount += 1;
    channels.set(key, known);
  }
  return [...channels.values()].toSorted((one, other) => other.sessionCount - one.sessionCount);
}
