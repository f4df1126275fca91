const systemCode = /^[A-Z][A-Z0-9_]{1,40}$/;

/**
 * The system's own code of a connection that failed, such as `ECONNRESET`, looked for along the chain of causes.
 * Only the code is taken: the errors themselves hold requests, and with them keys.
 */
export function connectionTrouble(error: unknown): string | undefined {
  try {
    let current = error;
    for (let depth = 0; depth < 5 && current instanceof Error; depth += 1) {
      const code: unknown = 'code' in current && current.code;
      if (typeof code === 'string' && systemCode.test(code)) return code;
      current = current.cause;
    }
  } catch {
    // What a fetch of somebody else has thrown may throw again when it is looked at.
  }
  return undefined;
}
