import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import type { Snapshot } from '../../src/protocol/snapshot.ts';
import { clock } from './axis.tsx';
import { tableRows } from './table-rows.ts';

/** The timeline in words. */
export function TimelineTable({ snapshot }: { readonly snapshot: Snapshot }): JSX.Element {
  const isOpen = useSignal(false);
  const since = (atMs: number): string => clock(atMs - snapshot.beganAtMs);
  return (
    <details
      class="table-details"
      onToggle={(event) => {
        isOpen.value = event.currentTarget.open;
      }}
    >
      <summary>Show as a table</summary>
      {isOpen.value && (
        <div class="table-scroll" tabIndex={0} role="region" aria-label="Timeline as a table">
          <table>
            <thead>
              <tr>
                <th scope="col">From</th>
                <th scope="col">To</th>
                <th scope="col">Phone</th>
                <th scope="col">What</th>
              </tr>
            </thead>
            <tbody>
              {tableRows(snapshot).map(({ key, fromMs, toMs, where, what }) => (
                <tr key={key}>
                  <td>{since(fromMs)}</td>
                  <td>{toMs === null ? 'still' : toMs === fromMs ? '' : since(toMs)}</td>
                  <td>{where}</td>
                  <td>{what}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </details>
  );
}
