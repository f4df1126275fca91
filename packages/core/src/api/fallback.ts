import type { CallOptions } from '../contract/typing-provider.ts';
import type { StartWishes } from './start-wishes.ts';

/**
 * What to show where no indicator can be: a reaction, a placeholder message. The engine calls these functions one after
 * another and waits for each, 10 seconds at most. What they throw never hurts the work: observers hear of it as
 * `fallback-failed`.
 */
export interface TypingFallback {
  /** Called once, where nothing shows for this target, or the vendor has refused a start for good. */
  show(wishes: StartWishes, call: CallOptions): unknown;
  /** Called with what `session.update` says from then on. Where it is too slow, only the newest counts. */
  update?(wishes: StartWishes, call: CallOptions): unknown;
  /** Called once, at the end, if `show` was called, even if that failed. */
  clear?(wishes: StartWishes, call: CallOptions): unknown;
}
