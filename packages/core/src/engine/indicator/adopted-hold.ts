import type { CloseReason, SessionState } from '../../api/session.ts';
import type { StartWishes } from '../../api/start-wishes.ts';
import type { ListedSession } from '../session/listed-session.ts';

/** Holds an indicator for sessions that live in another process. It has no caps: the gate says when nobody holds it. */
export class AdoptedHold implements ListedSession {
  preceding: ListedSession | undefined = undefined;
  following: ListedSession | undefined = undefined;
  isHolding = false;
  readonly id = '';
  readonly label = undefined;
  state: SessionState = 'starting';
  readonly options: StartWishes;
  readonly ageMs = 0;
  readonly hasWishes: boolean;
  readonly refreshEveryMs: number = Infinity;
  readonly settleMs = 250;
  readonly fallsBack = false;

  constructor(wishes: StartWishes = {}) {
    this.options = wishes;
    this.hasWishes = wishes.status !== undefined || wishes.action !== undefined;
  }

  // The work is elsewhere, too.
  requestStop(): void {}

  finish(_reason: CloseReason): void {
    this.state = 'closed';
  }
}
