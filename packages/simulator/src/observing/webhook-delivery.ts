/** One attempt to deliver one event to one subscription. */
export interface WebhookDelivery {
  readonly eventId: string;
  readonly eventType: string;
  readonly subscriptionId: string;
  readonly targetUrl: string;
  /** 1 for the first. */
  readonly attempt: number;
  /** When it was sent, in simulated milliseconds since the Unix epoch. */
  readonly atMs: number;
  /** What the receiver answered; `null` if it did not. */
  readonly status: number | null;
  /** Why there is no answer, in one word such as `ECONNREFUSED` or `TimeoutError`. */
  readonly error: string | null;
  /** When it will be sent again; `null` if it arrived, was refused, or is given up. */
  readonly nextAttemptAtMs: number | null;
}
