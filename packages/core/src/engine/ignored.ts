/** Drops what was given where it makes no sense. A promise that rejects must not end the process. */
export function ignored(given: unknown): void {
  if (typeof given !== 'object' || given === null || !('then' in given)) return;
  Promise.resolve(given).catch(() => {});
}
