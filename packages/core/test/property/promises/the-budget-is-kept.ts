import type { WireCall } from '../story.ts';
import { tell } from '../wire-calls.ts';
import { firstOf, type Promised } from './promised.ts';

/** Design 3.1. */
export const theBudgetIsKept: readonly Promised[] = [
  {
    promise: 'no window of a budget holds more starts than the budget',
    broken: ({ wire }) => firstOf(wire, (start) => overspent(wire, start)),
  },
];

function overspent(wire: readonly WireCall[], start: WireCall): string | undefined {
  const { budget, capabilities, kind } = start;
  if (kind !== 'start' || !capabilities.budget) return undefined;
  const { requests, perMs } = capabilities.budget;
  const untilMs = start.called.atMs;
  const inWindow = wire.filter(
    ({ kind: other, budget: own, called }) =>
      other === 'start' &&
      own === budget &&
      called.order <= start.called.order &&
      called.atMs > untilMs - perMs + 0.001,
  );
  return inWindow.length > requests
    ? `${tell(start)} was number ${inWindow.length} of ${requests} in ${perMs} ms`
    : undefined;
}
