import type { TypingError } from '../contract/typing-error.ts';
import type { StartReceipt } from '../contract/typing-receipt.ts';
import type { Exchange } from './exchange.ts';

/** Who hears how the exchanges of a {@link Wire} end. */
export interface WireListener {
  onStarted(exchange: Exchange<StartReceipt>, receipt: StartReceipt): void;
  onStartFailed(exchange: Exchange<StartReceipt>, error: TypingError): void;
  /** It was given up. */
  onStartAbandoned(exchange: Exchange<StartReceipt>): void;
  onStopped(exchange: Exchange<void>, error: TypingError | undefined): void;
}
