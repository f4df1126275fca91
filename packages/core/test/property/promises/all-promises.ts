import { aMessageClears } from './a-message-clears.ts';
import { aReceiptTellsWhatHappened } from './a-receipt-tells-what-happened.ts';
import { everythingIsTold } from './everything-is-told.ts';
import { itIsKeptAlive } from './it-is-kept-alive.ts';
import { noBubbleAfterStop } from './no-bubble-after-stop.ts';
import { noStorm } from './no-storm.ts';
import { nothingLeaks } from './nothing-leaks.ts';
import { oneBubbleManySessions } from './one-bubble-many-sessions.ts';
import { policyByErrorCode } from './policy-by-error-code.ts';
import type { Promised } from './promised.ts';
import { sessionsLiveOn } from './sessions-live-on.ts';
import { theBudgetIsKept } from './the-budget-is-kept.ts';
import { theCredentialIsSuspended } from './the-credential-is-suspended.ts';
import { theWorkIsNeverHurt } from './the-work-is-never-hurt.ts';

export const allPromises: readonly Promised[] = [
  ...theWorkIsNeverHurt,
  ...noBubbleAfterStop,
  ...oneBubbleManySessions,
  ...noStorm,
  ...policyByErrorCode,
  ...theCredentialIsSuspended,
  ...sessionsLiveOn,
  ...aMessageClears,
  ...itIsKeptAlive,
  ...aReceiptTellsWhatHappened,
  ...nothingLeaks,
  ...everythingIsTold,
  ...theBudgetIsKept,
];

/**
 * How soon a start goes out, no gate promises that takes its time. What the engine does before it goes out, and when it
 * must not, is promised whatever the gate does.
 */
const aboutHowSoon: ReadonlySet<string> = new Set([
  'every conversation that is still held shows again when its vendor is well',
  'a bubble that is held is refreshed in time',
  'a bubble that is still held is raised again a second after the message',
  'what failed is tried again within 5 s, or after the cool-down of its circuit',
  'a first start for which there is no room is told as skipped',
  // A quick second attempt is not that quick.
  'two starts of a conversation are minIntervalMs apart',
]);

export const promisesOfALateGate: readonly Promised[] = allPromises.filter(
  ({ promise }) => !aboutHowSoon.has(promise),
);
