import { closest, distance } from 'fastest-levenshtein';

/** @returns `Did you mean "idleTimeoutMs"?`, where one of the known names is near enough to the one that was given. */
export function didYouMean(name: string, known: readonly string[]): string | undefined {
  if (known.length === 0) return undefined;
  const lower = name.toLowerCase();
  // `idleTimeout` is far from `idleTimeoutMs` by its letters and means nothing else.
  const nearest =
    known.find((each) => each.toLowerCase() === `${lower}ms`) ?? closest(name, [...known]);
  const isNear = distance(lower, nearest.toLowerCase()) <= Math.ceil(nearest.length / 3);
  return isNear ? `Did you mean ${JSON.stringify(nearest)}?` : undefined;
}
