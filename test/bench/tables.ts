import type { Table } from '../bench-report/markdown-page.ts';
import { figure, round, type Verdict } from '../bench-sessions/figure.ts';
import { aboveFloor as mostAboveFloor } from './bounds.ts';
import type { ColdStart } from './cold-start.ts';
import type { OneCall } from './one-call.ts';
import type { SavedCalls } from './saved-calls.ts';
import type { Sockets } from './sockets.ts';
import type { Spread } from './spread.ts';

/** A table, and how what is judged in it has done. */
export type JudgedTable = Table & { readonly verdicts: readonly Verdict[] };

const answers = { linq: '204, no body', connectsafely: '200, JSON' } as const;

export function oneCallTable({ vendor, contenders }: OneCall): JudgedTable {
  const others = ['undici.request', 'fetch', 'ky', '@linqapp/sdk'] as const;
  const shown = others.filter((name) => contenders.some((one) => one.name === name));
  return {
    title: `One typing call, as ${vendor === 'linq' ? 'Linq' : 'ConnectSafely'} answers (${answers[vendor]})`,
    header: [
      '',
      'CPU per call',
      'half of the rounds',
      'calls a second',
      ...shown.map((name) => `× ${name}`),
    ],
    rows: contenders.map(({ name, cpuMicros, callsPerSecond, times }) => [
      name,
      `${round(cpuMicros.median)} µs`,
      spreadText(cpuMicros),
      round(callsPerSecond.median),
      ...shown.map((other) => round(times[other] ?? Number.NaN)),
    ]),
    notes: [],
    verdicts: [],
  };
}

/** Where the time goes of the calls that a bound is about. */
export function profileTable({ vendor, contenders }: OneCall): JudgedTable {
  const profiled = contenders.filter(
    ({ name }) => name !== 'undici.request' && !name.startsWith('floor'),
  );
  const owners = Object.keys(profiled[0]?.shares ?? {}).filter(
    (owner) => owner !== 'the benchmark',
  );
  return {
    title: `Where the time goes (${answers[vendor]})`,
    header: ['', ...profiled.map(({ name }) => name)],
    rows: owners.map((owner) =>
      [owner].concat(profiled.map(({ shares }) => percent(shares[owner] ?? 0))),
    ),
    notes: ['Percentages of the time in which the process was not idle.'],
    verdicts: [],
  };
}

export function boundsTable(measured: readonly OneCall[]): JudgedTable {
  const judged = measured.flatMap(({ vendor, bounds }) =>
    bounds.map(({ bound: { contender, than, times }, measured: ratio, floor, aboveFloor }) => {
      const name = `${contender}, against ${than} (${answers[vendor]})`;
      const plain = figure(name, ratio, times, '×');
      const isAtFloor = floor > times && aboveFloor <= mostAboveFloor;
      const verdict: Verdict =
        plain.verdict === 'miss' && isAtFloor ? 'floor' : (plain.verdict ?? 'miss');
      return { ...plain, verdict, floor: `${round(floor)} ×`, above: `${round(aboveFloor)} ×` };
    }),
  );
  return {
    title: 'The bounds',
    header: ['', 'Measured', 'At most', 'The floor', '× the floor', ''],
    rows: judged.map(({ name, value, target, floor, above, verdict }) => [
      name,
      value,
      target,
      floor,
      above,
      verdict,
    ]),
    notes: [
      '`sendTyping` as shipped makes its request through ky, so it is compared with ky.',
      `**The floor** is measured in the same rounds: a program written by hand for this one call, over the same transport (\`test/bench/floors.ts\`). It does only what a call promises: checks the target, gives up in time or when told to, caps and checks the answer, and remembers which conversation shows. Where even the floor is over a bound, what counts is that \`sendTyping\` takes at most ${mostAboveFloor} × the floor: *floor* in the last column. A bound that the floor holds is not softened.`,
    ],
    verdicts: judged.map(({ verdict }) => verdict),
  };
}

export function savedCallsTable(saved: readonly SavedCalls[]): JudgedTable {
  const verdictOf = ({ requests, most }: SavedCalls): Verdict =>
    requests <= most ? 'pass' : 'miss';
  return {
    title: 'Calls that need not be made',
    header: ['', 'Calls', 'Requests', 'At most', ''],
    rows: saved.map((one) => [
      one.name,
      String(one.calls),
      String(one.requests),
      String(one.most),
      verdictOf(one),
    ]),
    notes: [],
    verdicts: saved.map(verdictOf),
  };
}

export function socketsTable(counted: readonly Sockets[]): JudgedTable {
  const { calls = 0, inFlight = 0 } = counted[0] ?? {};
  return {
    title: `Sockets for ${calls.toLocaleString('en')} refreshes over TLS, ${inFlight.toLocaleString('en')} in flight`,
    header: ['sendTyping', 'Sockets', 'CPU per call'],
    rows: counted.map(({ transport, sockets, cpuMicros }) => [
      transport,
      sockets.toLocaleString('en'),
      `${round(cpuMicros)} µs`,
    ]),
    notes: ['The handshakes are part of the CPU per call.'],
    verdicts: [],
  };
}

export function coldStartTable(starts: readonly ColdStart[]): JudgedTable {
  const rows = starts.map(({ name, ms, timesSdk, size, bound }) => {
    const judged = bound && figure(name, bound.measured, bound.most, bound.unit);
    return {
      verdict: judged?.verdict,
      cells: [
        name,
        `${round(ms.median)} ms`,
        spreadText(ms),
        round(timesSdk),
        size ? kilobytes(size.bytes) : '',
        size ? kilobytes(size.brotliBytes) : '',
        judged?.target ?? '',
      ],
    };
  });
  return {
    title: 'Cold start, and size',
    header: ['', 'Import', 'half of the rounds', '× the SDK', 'minified', 'brotli', 'At most', ''],
    rows: rows.map(({ cells, verdict }) => [...cells, verdict ?? '']),
    notes: [
      'The cost of a plain import grows with the number of files. So the published packages are bundled: core contains the part of zod that it uses, and `typingkit` contains its providers and tsyringe. In an application bundle, most of the remaining cost is compiling more code (engine, ky and zod). Schemas are built at their first use. ky loads the whole `fetch` of the runtime, so it is loaded with the first request. The cost of one more provider is a tenth of the cost of ten more in its file.',
    ],
    verdicts: rows.flatMap(({ verdict }) => verdict ?? []),
  };
}

function spreadText({ lower, upper }: Spread): string {
  return `${round(lower)} to ${round(upper)}`;
}

function percent(share: number): string {
  return `${Math.round(100 * share)} %`;
}

function kilobytes(bytes: number): string {
  return `${round(bytes / 1_000)} kB`;
}
