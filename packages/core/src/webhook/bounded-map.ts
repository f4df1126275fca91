/** A map that remembers what was set last, and never more of it than its capacity. */
export interface BoundedMap<Value> {
  get(key: string): Value | undefined;
  set(key: string, value: Value): void;
  delete(key: string): void;
}

/** @param capacity how many of the last calls of `set` are remembered. */
export function boundedMap<Value>(capacity: number): BoundedMap<Value> {
  const entries = new Map<string, { readonly value: Value; readonly slot: number }>();
  // A ring, because finding the oldest key of a Map passes over every key that was deleted before it.
  const keys: string[] = [];
  let slot = 0;
  return {
    get: (key) => entries.get(key)?.value,
    set(key, value) {
      const oldest = keys[slot];
      // It may have been set again since, in a younger slot.
      if (oldest !== undefined && entries.get(oldest)?.slot === slot) entries.delete(oldest);
      keys[slot] = key;
      entries.set(key, { value, slot });
      slot = (slot + 1) % capacity;
    },
    delete: (key) => void entries.delete(key),
  };
}
