import type { Moment, SessionStory, Story } from './story.ts';

/** What a model can tell from outside; within the 50 ms to which the engine rounds it cannot tell. */
export type Certainty = 'yes' | 'perhaps' | 'no';

const defaultSettleMs = 250;

/** Whether a session holds the bubble of its conversation at a moment: its delay has passed and it has not ended. */
export function holds({ clock }: Story, session: SessionStory, at: Moment): Certainty {
  const beginsMs = session.opened.atMs + (session.wish.delayMs ?? 0);
  if (session.opened.order > at.order || at.atMs < beginsMs) return 'no';
  const isAsked = session.asked.some(({ order, atMs }) => order < at.order || atMs < at.atMs);
  const hasEnded = session.ended !== undefined && session.ended.order < at.order;
  const cap = capOf(session);
  if (isAsked || hasEnded || at.atMs > clock.latestMs(cap.atMs)) return 'no';
  const isDelayOver = !session.wish.delayMs || at.atMs > clock.latestMs(beginsMs);
  return isDelayOver && at.atMs < cap.atMs ? 'yes' : 'perhaps';
}

/** When a session has been silent or has lived for too long, and when the first of them is. */
export function capOf(session: SessionStory): {
  readonly atMs: number;
  readonly idle: number;
  readonly 'max-duration': number;
} {
  const { isWork, wish, opened, touched, ended } = session;
  // Work that is under way is a sign of life.
  const idleTimeoutMs = wish.idleTimeoutMs ?? (isWork ? Infinity : 120_000);
  const latestEndMs = opened.atMs + (wish.maxDurationMs ?? (isWork ? 1_800_000 : 600_000));
  let idleEndMs = opened.atMs + idleTimeoutMs;
  for (const touch of touched) {
    if (ended && ended.order < touch.order) break;
    idleEndMs = touch.atMs + idleTimeoutMs;
  }
  const atMs = Math.min(latestEndMs, idleEndMs);
  return { atMs, idle: idleEndMs, 'max-duration': latestEndMs };
}

/** How surely somebody holds the bubble of a conversation. */
export function isHeld(
  story: Story,
  conversation: string,
  at: Moment,
  without?: SessionStory,
): Certainty {
  let certainty: Certainty = 'no';
  for (const session of story.sessions) {
    if (session.conversation !== conversation || session === without) continue;
    const own = holds(story, session, at);
    if (own === 'yes') return 'yes';
    if (own === 'perhaps') certainty = 'perhaps';
  }
  return certainty;
}

/** A moment at which the bubble of a conversation was to go, and how long a start in flight may hold that up. */
export interface Clearing extends Moment {
  readonly settleMs: number;
  readonly why: 'last session' | 'stop' | 'close';
  /** Whether the model is sure that a session held it until then. */
  readonly isSure: boolean;
}

/** All the moments at which the bubble of a conversation was to go, in order. */
export function clearingsOf(story: Story, conversation: string): Clearing[] {
  const clearings: Clearing[] = [];
  for (const call of story.calls) {
    const { order, atMs } = call.reply.called;
    const isEffective = call.verb === 'stop' && call.isHeard && call.conversation === conversation;
    if (!isEffective) continue;
    clearings.push({ order, atMs, settleMs: defaultSettleMs, why: 'stop', isSure: false });
  }
  for (const session of story.sessions) {
    const { ended } = session;
    if (!ended || session.conversation !== conversation) continue;
    if (session.opened.atMs + (session.wish.delayMs ?? 0) > ended.atMs) continue;
    const others = isHeld(story, conversation, ended, session);
    if (others === 'yes') continue;
    // One abort ends many, one after the other: only the last of them clears.
    const isFollowed = story.sessions.some(
      (other) =>
        other.conversation === conversation &&
        other.opened.order < ended.order &&
        other.ended?.atMs === ended.atMs &&
        other.ended.order > ended.order,
    );
    const isByStop = clearings.some(({ atMs, why }) => why === 'stop' && atMs === ended.atMs);
    clearings.push({
      order: ended.order,
      atMs: ended.atMs,
      settleMs: Math.max(settleMsOf(session), isByStop ? defaultSettleMs : 0),
      why: 'last session',
      isSure: others === 'no' && !isFollowed && wasHolding(story, session, ended),
    });
  }
  if (story.close) {
    const { order, atMs } = story.close.called;
    clearings.push({ order, atMs, settleMs: 0, why: 'close', isSure: false });
  }
  return clearings.toSorted((one, other) => one.order - other.order);
}

function settleMsOf({ ended, wish }: SessionStory): number {
  const waits = ended?.reason !== 'refused' && ended?.reason !== 'closed';
  return waits ? (wish.settleMs ?? defaultSettleMs) : 0;
}

/** Whether a session surely held before it ended. */
function wasHolding({ clock }: Story, session: SessionStory, ended: Moment): boolean {
  const { delayMs = 0 } = session.wish;
  // One whose signal was aborted already never lived.
  if (session.asked[0]?.order === session.opened.order + 1) return false;
  if (delayMs === 0) return true;
  const heldMs = clock.latestMs(session.opened.atMs + delayMs);
  return heldMs < ended.atMs && heldMs < capOf(session).atMs;
}
