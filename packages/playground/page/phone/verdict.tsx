import type { JSX } from 'preact';
import { policyRowOf } from '../../src/protocol/policy-rows.ts';
import type { PhoneChannel } from '../../src/protocol/settings.ts';
import type { EnginePause } from '../../src/protocol/snapshot.ts';
import { phoneOf } from '../state/live.ts';
import { nowMs } from '../state/ticking.ts';

const rests = {
  credential: 'Key paused',
  conversation: 'Chat paused',
  budget: 'Waiting',
} as const;

/** How the engine has answered what went wrong: the row of its policy that fired. */
export function Verdict({ channel }: { readonly channel: PhoneChannel }): JSX.Element | null {
  const phone = phoneOf(channel);
  const last = phone?.events.findLast(({ type }) => type === 'failed' || worksAgain.has(type));
  const row = last?.code ? policyRowOf(last.code) : undefined;
  if (!phone || !last?.code || !row) return null;
  const pause = phone.pauses.at(-1);
  return (
    <div class="verdict" data-testid={`${channel}-verdict`}>
      <p class="verdict-head">
        <code class="badge">{last.code}</code>
        <strong>{row.title}</strong>
        {pause && <Countdown pause={pause} />}
      </p>
      <p class="verdict-text">{row.consequence}</p>
    </div>
  );
}

const worksAgain = new Set(['started', 'refreshed', 'resumed']);

function Countdown({ pause }: { readonly pause: EnginePause }): JSX.Element | null {
  const leftMs = pause.untilMs - nowMs.value;
  if (leftMs <= 0) return null;
  return (
    <span class="countdown">
      {rests[pause.scope]} · {Math.ceil(leftMs / 1000)} s
    </span>
  );
}
