import type { Conversation } from './conversation.ts';
import type { TypingEvent, TypingReceipt } from 'typingkit';

/** What the bot tells of one conversation, as a line of JSON on stdout. */
export type BotNote = {
  readonly channel: Conversation['channel'];
  readonly atMs: number;
} & (
  | { readonly kind: 'began' }
  /** `workMs`: thinking and delivering by themselves. `replyMs`: all of it, typing included. */
  | { readonly kind: 'replied'; readonly workMs: number; readonly replyMs: number }
  | { readonly kind: 'accepted'; readonly receipt: TypingReceipt }
  | { readonly kind: 'refused'; readonly message: string }
  /** What typingkit does in the background. */
  | {
      readonly kind: 'typing';
      readonly type: TypingEvent['type'];
      /** Of a failure: typingkit's own sentence. */
      readonly message?: string;
      /** Of an indicator that is left to expire: how soon it is gone. */
      readonly withinMs?: number;
    }
);

export function tell(note: BotNote): void {
  console.log(JSON.stringify(note));
}
