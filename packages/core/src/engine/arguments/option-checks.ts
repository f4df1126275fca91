import type { TypingFallback } from '../../api/fallback.ts';
import { checkDuration, checkDurationFromZero } from '../../input/duration.ts';
import { invalid, type OptionCheck } from './check-options.ts';

/** A span of time, more than 0. */
// A value that is no number is refused like one that is out of range.
export const span: OptionCheck = (name, value) => void checkDuration(name, value as number);

/** A span of time that may be none at all. */
export const spanFromZero: OptionCheck = (name, value) =>
  void checkDurationFromZero(name, value as number);

export const text: OptionCheck = (name, value) => {
  if (typeof value !== 'string') throw invalid(`${name} must be a string`);
};

export const callback: OptionCheck = (name, value) => {
  if (typeof value !== 'function') throw invalid(`${name} must be a function`);
};

export const wholeNumber: OptionCheck = (name, value) => {
  if (Number.isSafeInteger(value) && Number(value) > 0) return;
  throw invalid(`${name} must be a whole number, 1 or more`);
};

/** Whether something is an `AbortSignal`, also one of another realm or of a library. */
export const abortSignal: OptionCheck = (name, value) => {
  if (isSignal(value)) return;
  const isController = typeof value === 'object' && value !== null && 'signal' in value;
  const advice = isController ? 'Pass controller.signal, not the controller.' : undefined;
  throw invalid(`${name} must be an AbortSignal`, advice);
};

/** @param words the words it may be. */
export function oneOf(...words: readonly string[]): OptionCheck {
  return (name, value) => {
    if (words.some((word) => word === value)) return;
    throw invalid(`${name} must be ${words.map((word) => JSON.stringify(word)).join(' or ')}`);
  };
}

/** @param methods what it must be able to do. */
export function objectWith(...methods: readonly string[]): OptionCheck {
  return (name, value) => {
    const isObject = typeof value === 'object' && value !== null;
    if (isObject && methods.every((each) => typeof Reflect.get(value, each) === 'function')) return;
    throw invalid(
      `${name} must be an object with ${methods.map((each) => `${each}()`).join(' and ')}`,
    );
  };
}

/** Three functions, of which only `show` is needed. */
export const fallback: OptionCheck = (name, value) => {
  objectWith('show')(name, value);
  // It has just been seen to have `show`; the others are checked here.
  const given = value as TypingFallback;
  const [show, update, clear] = (['show', 'update', 'clear'] as const).map((step) => {
    const method: unknown = given[step];
    if (method !== undefined) callback(`${name}.${step}`, method);
    return given[step]?.bind(given);
  });
  return { show, ...(update && { update }), ...(clear && { clear }) };
};

function isSignal(value: unknown): boolean {
  return (
    typeof value === 'object' &&
    value !== null &&
    'aborted' in value &&
    typeof value.aborted === 'boolean' &&
    'addEventListener' in value &&
    typeof value.addEventListener === 'function' &&
    'removeEventListener' in value &&
    typeof value.removeEventListener === 'function'
  );
}
