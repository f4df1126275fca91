import type { JSX } from 'preact';
import { policyRows } from '../../src/protocol/policy-rows.ts';
import type { Snapshot } from '../../src/protocol/snapshot.ts';
import { phonesIn } from '../state/live.ts';

/** The engine's failure policy, with the rows that have fired. */
export function PolicyTable({ phones }: Pick<Snapshot, 'phones'>): JSX.Element {
  const failures = phonesIn(phones)
    .flatMap(([, phone]) => phone.events)
    .flatMap(({ code, atMs }) => (code === null ? [] : [{ code, atMs }]));
  const newest = failures.toSorted((one, other) => other.atMs - one.atMs)[0]?.code;
  return (
    <div class="table-scroll" tabIndex={0} role="region" aria-label="Failure policy">
      <table class="policy">
        <thead>
          <tr>
            <th scope="col">Error code</th>
            <th scope="col">What the engine does</th>
            <th scope="col">Fired</th>
          </tr>
        </thead>
        <tbody>
          {policyRows.map(({ id, codes, title, consequence }) => {
            const isOne = (code: string): boolean => codes.some((one) => one === code);
            const times = failures.filter(({ code }) => isOne(code)).length;
            const isNewest = newest !== undefined && isOne(newest);
            return (
              <tr key={id} data-testid={`policy-${id}`} class={isNewest ? 'is-newest' : ''}>
                <td>
                  <span class="policy-codes">
                    {codes.map((code) => (
                      <code key={code} class={`badge ${code === newest ? 'is-hot' : ''}`}>
                        {code}
                      </code>
                    ))}
                  </span>
                </td>
                <td>
                  <strong>{title}.</strong> {consequence}
                </td>
                <td class="policy-times">{times === 0 ? '–' : `${times}×`}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}
