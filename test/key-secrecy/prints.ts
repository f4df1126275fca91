import { format, inspect } from 'node:util';
import { vi } from 'vitest';
import { tracesOf } from '../../packages/testing/src/spellings-of.ts';

const everything = { depth: null, showHidden: true, maxStringLength: null, maxArrayLength: null };
const methods = ['debug', 'dir', 'error', 'info', 'log', 'trace', 'warn'] as const;

/** Whatever somebody could print, in every way in which it is printed. */
export interface Prints {
  /** How many things were kept. */
  readonly size: number;
  /** @param what what it is, for who reads that it gives a key away. */
  keep(what: string, value: unknown): void;
  /** Keeps what goes to the console from now on, in its place. */
  hearConsole(): void;
  /** What gives one of the secrets away: what was said of it, without the secret. */
  revealing(secrets: Iterable<string>): string[];
}

/** Makes a collection of prints, with nothing in it. */
export function collectPrints(): Prints {
  const kept: { readonly what: string; readonly text: string }[] = [];
  const keep = (what: string, value: unknown): void => {
    kept.push({ what, text: printsOf(value, new Set()).join('\n').toLowerCase() });
  };

  return {
    get size() {
      return kept.length;
    },
    keep,
    hearConsole() {
      for (const method of methods) {
        vi.spyOn(console, method).mockImplementation((...args: unknown[]) => {
          keep(`console.${method}`, format(...args));
        });
      }
      vi.spyOn(process, 'emitWarning').mockImplementation((...warning: unknown[]) => {
        keep('a warning of the process', warning);
      });
    },
    revealing(secrets) {
      const traces = [...secrets].flatMap(tracesOf);
      const found = kept.filter(({ text }) => traces.some((trace) => text.includes(trace)));
      return [...new Set(found.map(({ what }) => what))];
    },
  };
}

/** As a log, a reporter of errors or a debugger would show it; what caused it, too. */
function printsOf(value: unknown, seen: Set<unknown>): string[] {
  if (seen.has(value)) return [];
  seen.add(value);
  const own = [inspect(value, everything), inspect(value), asJson(value)];
  if (!(value instanceof Error)) return [...own, ...(typeof value === 'string' ? [value] : [])];
  const { message, stack, cause } = value;
  // Also what no printer shows: a program can read it, and print it.
  const fields = Reflect.ownKeys(value).map((name) =>
    inspect(Reflect.get(value, name), everything),
  );
  return [...own, message, stack ?? '', String(value), ...fields, ...printsOf(cause, seen)];
}

function asJson(value: unknown): string {
  try {
    return JSON.stringify(value) ?? '';
  } catch {
    // A cycle, or a method that throws: nobody gets it as JSON.
    return '';
  }
}
