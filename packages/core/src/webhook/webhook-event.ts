/** One thing that a webhook tells. A body may hold several. */
export interface WebhookEvent<Event> {
  /** The vendor's own id: the same event again has the same one. */
  readonly id: string;
  /** What `onEvent` gets. */
  readonly event: Event;
  /** When it happened, in milliseconds since 1970, where the vendor says so. */
  readonly atMs?: number | undefined;
  /** Dropped where it is older than this, in milliseconds. Needs `atMs`. Default: never. */
  readonly maxAgeMs?: number | undefined;
  /** Dropped where a newer event with the same `orderKey` was handled by this process. Needs `atMs`. Default: never. */
  readonly orderKey?: string | undefined;
  /**
   * What happens where `onEvent` is not done in time. `repeat`: it counts as failed after `timeoutMs`, and the vendor
   * sends the event again. `accept`: after `acceptAfterMs` the vendor is told that all is well, and the work goes on; it
   * is never done twice for being slow. Default: `repeat`.
   */
  readonly ifSlow?: 'repeat' | 'accept' | undefined;
}
