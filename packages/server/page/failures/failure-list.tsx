import type { JSX } from 'preact';
import { span } from '../frame/moments.ts';
import { look, state } from '../state/live.ts';
import { calmNowMs } from '../state/ticking.ts';

/** What failed, and what to do about it: newest first, what is alike once. */
export function FailureList(): JSX.Element {
  const failures = state.value?.failures ?? [];
  return (
    <section class="card panel" aria-labelledby="failures-title">
      <h2 id="failures-title">What failed</h2>
      {failures.length === 0 ? (
        <p class="muted">Nothing has.</p>
      ) : (
        <ul class="failures" data-testid="failures">
          {failures.map((failure) => {
            const { channel, operation, code, status, reason, advice, lastAtMs, count } = failure;
            const { conversation } = failure;
            return (
              <li key={`${channel} ${conversation} ${operation} ${code}`}>
                <p>
                  <span class="badge is-hot">{code}</span> <span class="badge">{channel}</span>{' '}
                  <span class="muted">
                    {operation}
                    {status !== undefined && `, ${status}`}, {span(calmNowMs.value - lastAtMs)} ago
                    {count > 1 && `, ${count.toLocaleString('en')} times`}
                  </span>
                </p>
                <p>
                  {reason}. {advice}{' '}
                  {conversation !== undefined && (
                    <button class="link" type="button" onClick={() => look(conversation)}>
                      {failure.recipient ?? conversation}
                    </button>
                  )}
                </p>
              </li>
            );
          })}
        </ul>
      )}
    </section>
  );
}
