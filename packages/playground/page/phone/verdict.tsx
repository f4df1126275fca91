import { useComputed } from '@preact/signals';
import type { JSX } from 'preact';
import { policyRowOf, policyRows } from '../../src/protocol/policy-rows.ts';
import type { PhoneChannel } from '../../src/protocol/settings.ts';
import type { EnginePause, PhoneSnapshot } from '../../src/protocol/snapshot.ts';
import { phoneAt } from '../state/phone-at.ts';
import { viewMs } from '../state/view.ts';

const rests = {
  credential: 'Key paused',
  conversation: 'Chat paused',
  budget: 'Waiting',
} as const;

/** How the engine has answered what goes wrong: the row of its policy that fired. Its place is kept, so nothing jumps. */
export function Verdict({ channel }: { readonly channel: PhoneChannel }): JSX.Element | null {
  const phone = phoneAt(channel);
  // Changes when a pause ends, not with each frame.
  const isPaused = useComputed(
    () => (phoneAt(channel)?.pauses.at(-1)?.untilMs ?? 0) > viewMs.value,
  );
  if (!phone) return null;
  const code = failing(phone, isPaused.value);
  const row = code === undefined ? undefined : policyRowOf(code);
  const pause = phone.pauses.at(-1);
  return (
    <div class="verdict-place">
      {policyRows.map(({ id, codes, title, consequence }) => (
        <div key={id} class="verdict is-room" aria-hidden="true">
          <p class="verdict-head">
            <code class="badge">{codes[0]}</code>
            <strong>{title}</strong>
            <span class="countdown">{rests.conversation} · 60 s</span>
          </p>
          <p class="verdict-text">{consequence}</p>
        </div>
      ))}
      {row ? (
        <div class="verdict" data-testid={`${channel}-verdict`}>
          <p class="verdict-head">
            <code class="badge">{code}</code>
            <strong>{row.title}</strong>
            {pause && <Countdown pause={pause} />}
          </p>
          <p class="verdict-text">{row.consequence}</p>
        </div>
      ) : (
        <p class="verdict is-empty muted">
          When something goes wrong, the engine’s answer stands here.
        </p>
      )}
    </div>
  );
}

/** The code of the failure that counts now: of what is switched on, or of a pause that goes on although it is no more. */
function failing(
  { events, switchedAfterId }: PhoneSnapshot,
  isPaused: boolean,
): string | undefined {
  const last = events.findLast(({ type }) => type === 'failed' || worksAgain.has(type));
  if (!last?.code) return undefined;
  return last.id > switchedAfterId || isPaused ? last.code : undefined;
}

const worksAgain = new Set(['started', 'refreshed', 'resumed']);

function Countdown({ pause }: { readonly pause: EnginePause }): JSX.Element | null {
  const leftMs = pause.untilMs - viewMs.value;
  if (leftMs <= 0) return null;
  return (
    <span class="countdown">
      {rests[pause.scope]} · {Math.ceil(leftMs / 1000)} s
    </span>
  );
}
