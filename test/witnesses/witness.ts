import { fileURLToPath } from 'node:url';
import {
  type Simulator,
  type SimulatorOptions,
  startSimulator,
  type VendorName,
} from '@typingkit/simulator';
import { afterEach, beforeAll, beforeEach } from 'vitest';
import { installApart } from '../../scripts/install-apart.ts';

/** A client that nobody here wrote, pointed at a simulated vendor. */
export interface Witness<Target> {
  /** Its own way to show that somebody types. It rejects with its own error. */
  start(target: Target): Promise<unknown>;
}

/**
 * What every folder here exports from `clients.ts`, as `witnesses`: one for each package, by its name on npm.
 *
 * @public Only they import it, and knip does not read them.
 */
export type Witnesses<Target> = Readonly<
  Record<string, (vendor: WitnessedVendor) => Witness<Target>>
>;

/** Where a simulated vendor is, and a key that it takes. */
interface WitnessedVendor {
  readonly baseUrl: string;
  readonly apiKey: string;
  /** What else a bot has to know, where that is not all. */
  readonly environment?: Readonly<Record<string, string>> | undefined;
}

/** Installs what one folder needs, and loads what its `clients.ts` exports. */
export async function loadClients<Exports>(folder: string): Promise<Exports> {
  const home = new URL(`./${folder}/`, import.meta.url);
  await installApart(fileURLToPath(home));
  // What it imports exists only now, so nobody may import it by name.
  return import(new URL('clients.ts', home).href);
}

/** When each test begins. */
export const beganAtMs: number = Date.UTC(2026, 10, 20, 12);

/** What the tests of one file play on. */
export interface Stage<Target> {
  /** That of the test that runs. */
  readonly simulator: Simulator;
  /** Its time stands still, but for this. */
  passes(milliseconds: number): void;
  /** One of the vendor's clients. Default: it has a key that the vendor takes. */
  witness(name: string, apiKey?: string): Witness<Target>;
}

/** Installs a vendor's witnesses before the tests of a file, and starts a simulator for each of them. */
export function stageFor<Target>(
  vendor: VendorName,
  settings: SimulatorOptions = {},
  /** Where the witnesses are. */
  folder: string = vendor,
): Stage<Target> {
  let witnesses: Witnesses<Target>;
  let simulator: Simulator;
  let nowMs: number;
  beforeAll(async () => {
    ({ witnesses } = await loadClients<{ readonly witnesses: Witnesses<Target> }>(folder));
  });
  beforeEach(async () => {
    nowMs = beganAtMs;
    simulator = await startSimulator({ ...settings, now: () => nowMs });
  });
  afterEach(() => simulator.close());
  return {
    get simulator() {
      return simulator;
    },
    passes(milliseconds) {
      nowMs += milliseconds;
    },
    witness(name, apiKey = simulator.vendors[vendor].apiKey) {
      const make = witnesses[name];
      if (!make) throw new Error(`There is no witness ${name}.`);
      const { baseUrl, environment } = simulator.vendors[vendor];
      return make({ baseUrl, environment, apiKey });
    },
  };
}

/** The error with which a call rejects, with the name of its class. */
export async function failureOf(call: Promise<unknown>): Promise<object> {
  const error: unknown = await call.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof Error)) throw new Error('There was no error.');
  const own = Object.fromEntries(Object.entries(error));
  return { ...own, class: error.constructor.name, message: error.message };
}

/** What one exchange was, in the words of the vendor: the part that must not depend on who asks. */
export interface OnTheWire {
  readonly method: string;
  readonly path: string;
  /** Parsed, where it is JSON or a form. */
  readonly body: unknown;
}

/** The starts that arrived at a simulated vendor, the oldest first. */
export function startsAt(simulator: Simulator, vendor: VendorName): OnTheWire[] {
  return simulator
    .requests({ vendor })
    .filter(({ intent }) => intent === 'start')
    .map(({ method, path, headers, body }) => {
      const type = headers['content-type'] ?? '';
      if (type.startsWith('application/json')) return { method, path, body: JSON.parse(body) };
      const isForm = type.startsWith('application/x-www-form-urlencoded');
      return { method, path, body: isForm ? Object.fromEntries(new URLSearchParams(body)) : body };
    });
}
