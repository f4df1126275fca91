import { inject } from 'vitest';

declare module 'vitest' {
  interface ProvidedContext {
    /** `vitest.long.config.ts` says so. */
    readonly isThorough: boolean;
  }
}

/** Whether this is `pnpm test:long`, which takes the time for everything that `pnpm test` only samples. */
export const isThorough: boolean = inject('isThorough');
