/** Calls for every item, so many at a time: each line takes the next item as soon as it is done with one. */
export async function callInFlight<Item>(
  inFlight: number,
  items: readonly Item[],
  call: (item: Item) => Promise<unknown>,
): Promise<void> {
  // All lines share one iterator.
  const next = items.values();
  const line = async (): Promise<void> => {
    for (const item of next) await call(item);
  };
  await Promise.all(Array.from({ length: inFlight }, line));
}
