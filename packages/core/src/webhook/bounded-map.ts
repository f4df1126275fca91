/** A map that remembers what was set last, and forgets the rest in the end. */
export interface BoundedMap<Value> {
  get(key: string): Value | undefined;
  set(key: string, value: Value): void;
  delete(key: string): void;
}

/**
 * Two generations, of which the older one is dropped whole: to drop the oldest key of one map each time would cost more than
 * all else that is done with it.
 *
 * @param capacity how many of the last keys are remembered at the least; at the most it is twice as many.
 */
export function boundedMap<Value>(capacity: number): BoundedMap<Value> {
  let young = new Map<string, Value>();
  let old = new Map<string, Value>();
  return {
    get: (key) => young.get(key) ?? old.get(key),
    set(key, value) {
      young.set(key, value);
      if (young.size < capacity) return;
      old = young;
      young = new Map();
    },
    delete(key) {
      young.delete(key);
      old.delete(key);
    },
  };
}
