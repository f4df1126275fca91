/**
 * Remembers which events were taken, so that each reaches `onTyping` once. Several processes that serve one webhook
 * share one: Redis does a claim with `SET … NX PX`, and a release with `DEL`.
 */
export interface SeenEvents {
  /**
   * Takes an event, in one step that no other process can come between.
   *
   * @param eventId the vendor's own id.
   * @param expiresInMs when it may be forgotten: from then on the event is too old to be taken anyway.
   * @returns `false` where it is taken already.
   */
  claim(eventId: string, expiresInMs: number): Promise<boolean>;
  /** Gives an event back that could not be handled: the vendor will send it again. */
  release(eventId: string): Promise<void>;
}
