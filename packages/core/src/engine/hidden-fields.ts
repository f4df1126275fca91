/**
 * Adds fields that a program can read, but that are left out where the object is printed, copied or made JSON: they hold
 * ids of recipients.
 */
export function withHidden<Shown extends object, Hidden extends object>(
  shown: Shown,
  hidden: Hidden,
): Shown & Hidden {
  for (const [name, value] of Object.entries(hidden)) {
    Object.defineProperty(shown, name, { value, enumerable: false });
  }
  // Each field of the second has just been added to the first.
  return shown as Shown & Hidden;
}
