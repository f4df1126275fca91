import type { SessionSnapshot } from '@typingkit/core';

/** So many sessions are listed anew for every request. */
const alwaysFresh = 1_000;
/** To list more than that takes a while, in which nothing else happens. It may take this share of the time. */
const share = 0.1;

/** The sessions that are alive: as of now, or of a moment ago where there are very many. */
export class SessionList {
  readonly #read: () => readonly SessionSnapshot[];
  #snapshots: readonly SessionSnapshot[] = [];
  #byId: Map<string, SessionSnapshot> | undefined = undefined;
  #madeAtMs = -Infinity;
  #freshUntilMs = -Infinity;

  constructor(read: () => readonly SessionSnapshot[]) {
    this.#read = read;
  }

  all(): readonly SessionSnapshot[] {
    const beginMs = performance.now();
    if (this.#snapshots.length > alwaysFresh && beginMs < this.#freshUntilMs)
      return this.#snapshots;
    this.#snapshots = this.#read();
    this.#byId = undefined;
    this.#madeAtMs = performance.now();
    this.#freshUntilMs = this.#madeAtMs + (this.#madeAtMs - beginMs) / share;
    return this.#snapshots;
  }

  find(id: string): SessionSnapshot | undefined {
    const snapshots = this.all();
    this.#byId ??= new Map(snapshots.map((each) => [each.id, each]));
    return this.#byId.get(id);
  }

  /** How old the list is, in milliseconds: ages in it were so much less. */
  get ageMs(): number {
    return performance.now() - this.#madeAtMs;
  }
}
