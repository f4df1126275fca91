import type { FetchFunction } from '@typingkit/core/http';

/** Who sends the refreshes. */
export const transports = {
  'shipped, HTTP/1.1': async () => undefined,
  'fast, HTTP/1.1': async () => {
    const { undiciFetch } = await import('@typingkit/core/undici');
    return undiciFetch({ allowH2: false });
  },
  'fast, HTTP/2': async () => {
    const { undiciFetch } = await import('@typingkit/core/undici');
    return undiciFetch();
  },
} as const satisfies Record<string, () => Promise<FetchFunction | undefined>>;

export type Transport = keyof typeof transports;
