/** As much of a `Request` as a webhook asks for. Every `Request` is one. */
export interface WebhookRequest {
  readonly method: string;
  readonly headers: Pick<Headers, 'get' | 'has'>;
  /** Whether somebody has begun to read the body. */
  readonly bodyUsed: boolean;
  readonly body: WebhookBody | null;
}

/** A body that is read in pieces, so that whoever reads it can stop. */
export interface WebhookBody {
  /** Whether somebody else reads it. */
  readonly locked?: boolean | undefined;
  getReader(): {
    /** The next piece; no `value` at the end. */
    read(): Promise<{ readonly value?: Uint8Array | undefined }>;
    cancel(): Promise<void>;
  };
}
