import { installedVersion } from './installed-version.ts';
import type { Report } from './report.ts';
import { runProgram } from './run-program.ts';

/** Reports by the names of the runs that they came from. */
type Reports<Run extends string> = Readonly<Record<Run, Report>>;

/** A program beside the scenario's file, and its arguments. */
type Program = readonly [file: string, ...args: string[]];

interface Side<Run extends string> {
  readonly runs: Readonly<Record<Run, Program>>;
  /** What was measured, in words. */
  readonly tell: (reports: Reports<Run>) => string;
}

interface ScenarioDefinition<PeerRun extends string, OurRun extends string> {
  /** The `import.meta.url` of the scenario's file. */
  readonly from: string;
  readonly title: string;
  /** What typingkit promises, and the number of that promise in the list in README.md. */
  readonly promise: string;
  readonly promiseNumber: number;
  /** Whether it takes long and needs hardly any processor: both sides then run beside everything else. */
  readonly isLong?: boolean;
  readonly peer: Side<PeerRun> & {
    readonly name: string;
    /** The npm packages that run. None: what runs is a model of the peer. */
    readonly packages: readonly string[];
    /** What the study of the peer saw, and whether this run saw it, too. */
    readonly studied: string;
    readonly isAsStudied: (reports: Reports<PeerRun>) => boolean;
  };
  readonly typingkit: Side<OurRun> & { readonly isKept: (reports: Reports<OurRun>) => boolean };
}

/** One scenario and what both sides did. */
export interface Comparison {
  readonly title: string;
  readonly promise: string;
  readonly promiseNumber: number;
  readonly peer: {
    readonly name: string;
    readonly versions: readonly string[];
    readonly isModel: boolean;
    readonly measured: string;
    readonly studied: string;
    readonly isAsStudied: boolean;
    readonly reports: Reports<string>;
  };
  readonly typingkit: {
    readonly measured: string;
    readonly isKept: boolean;
    readonly reports: Reports<string>;
  };
}

/** A scenario that can be run. */
export interface Scenario {
  readonly title: string;
  readonly isLong: boolean;
  run(): Promise<Comparison>;
}

export function defineScenario<PeerRun extends string, OurRun extends string>(
  definition: ScenarioDefinition<PeerRun, OurRun>,
): Scenario {
  const { from, title, promise, promiseNumber, isLong = false, peer, typingkit } = definition;
  return {
    title,
    isLong,
    async run() {
      const peerRuns = (): Promise<Reports<PeerRun>> => runAll(peer.runs, from);
      const ourRuns = (): Promise<Reports<OurRun>> => runAll(typingkit.runs, from);
      const [peerReports, ourReports] = isLong
        ? await Promise.all([peerRuns(), ourRuns()])
        : [await peerRuns(), await ourRuns()];
      return {
        title,
        promise,
        promiseNumber,
        peer: {
          name: peer.name,
          versions: peer.packages.map((name) => `${name} ${installedVersion(name)}`),
          isModel: peer.packages.length === 0,
          measured: peer.tell(peerReports),
          studied: peer.studied,
          isAsStudied: peer.isAsStudied(peerReports),
          reports: peerReports,
        },
        typingkit: {
          measured: typingkit.tell(ourReports),
          isKept: typingkit.isKept(ourReports),
          reports: ourReports,
        },
      };
    },
  };
}

async function runAll<Run extends string>(
  runs: Readonly<Record<Run, Program>>,
  from: string,
): Promise<Reports<Run>> {
  const reports: [string, Report][] = [];
  for (const [run, [file, ...args]] of Object.entries<Program>(runs)) {
    reports.push([run, await runProgram(new URL(file, from), args)]);
  }
  // It has one report for each run.
  return Object.fromEntries(reports) as Reports<Run>;
}
