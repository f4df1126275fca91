/**
 * Linq changed what its typing endpoint does twice within months; an era is named for the month of the change.
 * `@linqapp/sdk` 0.28.2 documents `april`.
 * @see https://github.com/linq-team/linq-go (the history of chattyping.go dates each change)
 */
export type LinqEra = 'april' | 'july' | 'august';

export interface LinqEraRules {
  readonly lifetimeMs: number;
  readonly groups: boolean;
  /** Whose message within the last 5 minutes makes a chat active. */
  readonly activatedBy: 'either' | 'us';
}

export const LINQ_ERAS: Readonly<Record<LinqEra, LinqEraRules>> = {
  april: { lifetimeMs: 60_000, groups: false, activatedBy: 'either' },
  // "about 85–90 s": the middle of it.
  july: { lifetimeMs: 87_000, groups: false, activatedBy: 'us' },
  august: { lifetimeMs: 87_000, groups: true, activatedBy: 'us' },
};

/** How long after a message a chat counts as active. */
export const ACTIVE_FOR_MS: number = 5 * 60_000;
