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
