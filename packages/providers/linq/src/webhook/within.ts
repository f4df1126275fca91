/**
 * What a promise comes to, if that does not take too long. It goes on behind it, and whatever it comes to then is ignored.
 *
 * @param late makes the error where it does.
 */
export async function within(
  timeoutMs: number,
  work: Promise<void>,
  late: () => Error,
): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const over = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(late()), timeoutMs);
  });
  try {
    await Promise.race([work, over]);
  } finally {
    clearTimeout(timer);
  }
}
