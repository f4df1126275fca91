import { firstOf, type Promised } from './promised.ts';

/** Design 4.7. */
export const nothingLeaks: readonly Promised[] = [
  {
    promise: 'no timer, no listener, no session and no background promise is left over',
    broken: ({ leftOver }) => {
      const left = Object.entries(leftOver ?? {}).filter(([, count]) => count !== 0);
      return left.length > 0 ? left.map((entry) => entry.join(': ')).join(', ') : undefined;
    },
  },
  {
    promise: 'of a conversation that is over nothing is remembered: what fails then, fails anew',
    broken: ({ forgotten, told }) =>
      firstOf(told, ({ event, order, atMs }) =>
        forgotten && order > forgotten.order && event.type === 'failed' && !event.isFirst
          ? `${event.conversation} was still remembered at ${atMs} ms`
          : undefined,
      ),
  },
  {
    promise: 'what a gate lets out is reported to it once',
    broken: ({ admissions }) => {
      const wrong = admissions.filter(({ reports }) => reports !== 1);
      const [first] = wrong;
      return (
        first &&
        `${wrong.length} of ${admissions.length} admissions were not: one ${first.reports} times`
      );
    },
  },
  {
    promise: 'no rejection is left unhandled',
    broken: ({ unhandled }) => firstOf(unhandled, (error) => String(error)),
  },
  {
    promise:
      'where no caller waits, no timer keeps the process alive, and in quiet there is only one',
    broken: ({ wakeful }) => firstOf(wakeful, ({ atMs }) => `there are others at ${atMs} ms`),
  },
  {
    promise: 'close() settles within its deadline, and nothing starts afterwards',
    broken: ({ close, wire, clock }) => {
      if (!close) return undefined;
      const { called, settled, deadlineMs } = close;
      const latestMs = clock.runsAtMs(called.atMs + deadlineMs);
      if (!settled || settled.atMs > latestMs) return `close() took until ${settled?.atMs} ms`;
      return firstOf(wire, ({ kind, sent }) =>
        kind === 'start' && sent && sent.order > called.order
          ? `a start went out at ${sent.atMs} ms`
          : undefined,
      );
    },
  },
  {
    promise: 'a call of send or stop settles within its timeout',
    broken: ({ calls, clock }) =>
      firstOf(calls, ({ verb, timeoutMs, reply: { called, settled } }) =>
        settled && settled.atMs <= clock.runsAtMs(called.atMs + timeoutMs)
          ? undefined
          : `the ${verb} of ${called.atMs} ms did not`,
      ),
  },
];
