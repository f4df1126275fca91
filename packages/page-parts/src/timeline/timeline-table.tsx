import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import type { Story } from '../story/story.ts';
import { clock } from './clock.ts';
import { tableRows } from './table-rows.ts';

/** The timeline in words. */
export function TimelineTable({ story }: { readonly story: Story }): JSX.Element {
  const isOpen = useSignal(false);
  const since = (atMs: number): string => clock(atMs - story.beganAtMs);
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
                <th scope="col">Where</th>
                <th scope="col">What</th>
              </tr>
            </thead>
            <tbody>
              {tableRows(story).map(({ key, fromMs, toMs, where, what }) => (
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
