/**
 * What somebody else's function comes to, if that does not take too long. It goes on behind it, and whatever it comes to
 * then is ignored.
 *
 * @param late makes the error where it does.
 */
export async function within<Value>(
  timeoutMs: number,
  work: Value | PromiseLike<Value>,
  late: () => Error,
): Promise<Value> {
  if (!isThenable(work)) return work;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const over = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(late()), Math.max(0, timeoutMs));
  });
  try {
    return await Promise.race([work, over]);
  } finally {
    clearTimeout(timer);
  }
}

/**
 * What somebody else's function gave where an answer is needed at once. A promise is none: nobody waits for it, and a
 * rejection of it must not end the process.
 */
export function givenAtOnce<Value>(value: Value): Value {
  if (isThenable(value)) Promise.resolve(value).catch(() => {});
  return value;
}

export function isThenable<Value>(value: Value | PromiseLike<Value>): value is PromiseLike<Value> {
  if ((typeof value !== 'object' && typeof value !== 'function') || value === null) return false;
  return 'then' in value && typeof value.then === 'function';
}
