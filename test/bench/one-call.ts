import { type Bound, boundsOf } from './bounds.ts';
import type { Cost, Task } from './contender-process.ts';
import { type Contender, contendersFor } from './contenders.ts';
import type { Shares } from './profile-shares.ts';
import { medianRatio, type Spread, spreadOf } from './spread.ts';
import type { Counts, Listening } from './vendor-server.ts';
import type { Vendor } from './vendors.ts';
import { startWorker, type WorkerProcess } from './worker-process.ts';

/** What one typing call costs, for each contender. */
export interface OneCall {
  readonly vendor: Vendor;
  readonly rounds: number;
  readonly callsPerRound: number;
  readonly contenders: readonly ContenderCost[];
  readonly bounds: readonly JudgedBound[];
}

/** A bound, what was measured, and how far down anybody could get in the same rounds. */
interface JudgedBound {
  readonly bound: Bound;
  readonly measured: number;
  /** The floor, against who sets the bound. */
  readonly floor: number;
  /** The contender, against its floor. */
  readonly aboveFloor: number;
}

interface ContenderCost {
  readonly name: Contender;
  readonly cpuMicros: Spread;
  readonly callsPerSecond: Spread;
  /** Of its costs to those of another one in the same round, the median. */
  readonly times: Readonly<Partial<Record<Contender, number>>>;
  /** Who needs the time. */
  readonly shares: Shares;
}

const warmUpCalls = 6_000;
const reconnectCalls = 64;
const callsPerRound = 400;
const profiledCalls = 4_000;

/** All of them take turns, so that whatever else the machine does hits all alike. */
export async function measureOneCall(
  vendor: Vendor,
  { plain }: Listening,
  server: WorkerProcess<string, Counts>,
  rounds: number,
): Promise<OneCall> {
  await using workers = new AsyncDisposableStack();
  const costs = new Map<Contender, Cost[]>();
  const runs: [Contender, WorkerProcess<Task, Cost>][] = [];
  for (const name of contendersFor(vendor)) {
    const args = [name, vendor, plain];
    const [, worker] = await startWorker<string, Task, Cost>(
      'client',
      './contender-process.ts',
      args,
    );
    workers.use(worker);
    runs.push([name, worker]);
    costs.set(name, []);
    await worker.ask({ calls: warmUpCalls });
  }
  for (let round = 0; round < rounds; round += 1) {
    for (const [name, worker] of runs) {
      await worker.ask({ calls: reconnectCalls });
      await server.ask('counts');
      costs.get(name)?.push(await worker.ask({ calls: callsPerRound }));
      const { requests } = await server.ask('counts');
      if (requests !== callsPerRound) {
        throw new Error(`${name}: ${requests} requests for ${callsPerRound} calls.`);
      }
    }
  }
  const shares = new Map<Contender, Shares>();
  for (const [name, worker] of runs) {
    const profiled = await worker.ask({ calls: profiledCalls, isProfiled: true });
    shares.set(name, profiled.shares ?? {});
  }
  const cpuOf = (name: Contender): number[] =>
    (costs.get(name) ?? []).map(({ cpuMicros }) => cpuMicros);
  const ratio = (name: Contender, other: Contender): number =>
    medianRatio(cpuOf(name), cpuOf(other));
  const names = [...costs.keys()];
  return {
    vendor,
    rounds,
    callsPerRound,
    contenders: names.map((name) => ({
      name,
      cpuMicros: spreadOf(cpuOf(name)),
      callsPerSecond: spreadOf((costs.get(name) ?? []).map(({ callsPerSecond }) => callsPerSecond)),
      shares: shares.get(name) ?? {},
      times: Object.fromEntries(names.map((other) => [other, ratio(name, other)])),
    })),
    bounds: boundsOf(vendor).map((bound) => ({
      bound,
      measured: ratio(bound.contender, bound.than),
      floor: ratio(bound.floor, bound.than),
      aboveFloor: ratio(bound.contender, bound.floor),
    })),
  };
}
