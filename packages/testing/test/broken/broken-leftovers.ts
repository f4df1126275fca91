import { clearInterval, setInterval as setIntervalOfNode } from 'node:timers';
import { broken, type BrokenProvider, withMembers } from './broken-provider.ts';

const intervals = new Set<NodeJS.Timeout>();

/** Lets the process end, whatever the providers below have left behind. */
export function clearLeftovers(): void {
  for (const interval of intervals) clearInterval(interval);
}

export const brokenLeftovers: readonly BrokenProvider[] = [
  broken(
    'goes on typing by itself',
    'leaves no timer behind',
    withMembers((good) => ({
      start(target, call) {
        const interval = setInterval(() => {}, 60_000);
        interval.unref();
        intervals.add(interval);
        return good.start(target, call);
      },
    })),
  ),
  broken(
    'keeps the process alive',
    'leaves nothing behind that keeps the process alive',
    withMembers((good) => ({
      start(target, call) {
        // Of the module, not the global one: what the suite puts into the globals does not see it.
        intervals.add(setIntervalOfNode(() => {}, 60_000));
        return good.start(target, call);
      },
    })),
  ),
  broken(
    'never stops listening to the signal',
    "leaves no listener on the caller's signal",
    withMembers((good) => ({
      start(target, call) {
        call.signal?.addEventListener('abort', () => {});
        return good.start(target, call);
      },
    })),
  ),
  broken(
    'forgets a promise',
    'leaves no rejection without a handler',
    withMembers((good) => ({
      start(target, call) {
        void Promise.reject(new Error('nobody handles this'));
        return good.start(target, call);
      },
    })),
  ),
];
