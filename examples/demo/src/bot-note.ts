import type { Conversation } from './conversation.ts';
import type { ChannelDiagnosis, InboundTyping, TypingEvent, TypingReceipt } from 'typingkit';

/** What the bot tells of one conversation, as a line of JSON on stdout. */
export type BotNote = {
  readonly channel: Conversation['channel'];
  readonly atMs: number;
} &
  /** Where the vendor can tell it who types. */
  (
    | { readonly kind: 'listens'; readonly url: string }
    | { readonly kind: 'began' }
    /** `workMs`: thinking and delivering by themselves. `replyMs`: all of it, typing included. */
    | { readonly kind: 'replied'; readonly workMs: number; readonly replyMs: number }
    /** The person at the other end has begun to type, or has ceased. */
    | { readonly kind: 'person'; readonly state: InboundTyping['state'] }
    /** It has something to say, and they type. */
    | { readonly kind: 'waits' }
    | { readonly kind: 'diagnosed'; readonly diagnosis: ChannelDiagnosis }
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
