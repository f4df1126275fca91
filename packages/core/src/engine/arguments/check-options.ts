import { TypingError } from '../../contract/typing-error.ts';
import { didYouMean } from './nearest-name.ts';

/**
 * Checks the value of one option. Throws `misconfigured` where it is invalid; quotes no value. What it returns, if
 * anything, is kept instead of the value: a copy of an object that the caller may change.
 */
export type OptionCheck = (name: string, value: unknown) => unknown;

/** The options of one verb: a check for each. */
export type OptionChecks<Options> = { readonly [Name in keyof Options]-?: OptionCheck };

// One for all: an empty object of its own would be a tenth of what a session weighs.
const noOptions: object = Object.freeze({});

/**
 * Checks the options of one call, and copies them: what the caller changes afterwards changes nothing.
 *
 * @param verb the call, for the message: `keep`.
 * @throws TypingError `misconfigured`, naming the option and what it should be.
 */
export function checkOptions<Options extends object>(
  verb: string,
  checks: OptionChecks<Options>,
  options: unknown,
): Options {
  // Checked below: each known field has been through its check, and there are no others.
  if (options === undefined) return noOptions as Options;
  if (typeof options !== 'object' || options === null || Array.isArray(options)) {
    const what = options === null ? 'null' : Array.isArray(options) ? 'an array' : typeof options;
    throw invalid(`the options of ${verb} must be an object, not ${what}`);
  }
  refuseUnknown(verb, Object.keys(checks), options);
  const copy: Partial<Options> = {};
  for (const name in checks) {
    const value = read(options, name);
    if (value === undefined) continue;
    // Its check has just passed it.
    copy[name] = (checkOne(checks[name], name, value) ?? value) as Options[typeof name];
  }
  return copy as Options;
}

/** @throws TypingError `misconfigured`, with a sentence without a full stop. */
export function invalid(reason: string, advice?: string): TypingError {
  return new TypingError({ code: 'misconfigured', reason, advice });
}

function refuseUnknown(verb: string, known: readonly string[], options: object): void {
  const unknown = Object.keys(options).find((name) => !known.includes(name));
  if (unknown === undefined) return;
  const name = unknown.slice(0, 50);
  throw invalid(
    `${verb} has no option called ${JSON.stringify(name)}`,
    didYouMean(name, known) ?? `Its options are ${known.join(', ')}.`,
  );
}

/** A value may have getters of its own. */
function checkOne(check: OptionCheck, name: string, value: unknown): unknown {
  try {
    return check(name, value);
  } catch (error) {
    if (TypingError.isInstance(error)) throw error;
    throw invalid(`the option ${name} could not be read: its value threw`);
  }
}

function read(options: object, name: string): unknown {
  try {
    return Reflect.get(options, name);
  } catch {
    throw invalid(`the option ${name} could not be read: its getter threw`);
  }
}
