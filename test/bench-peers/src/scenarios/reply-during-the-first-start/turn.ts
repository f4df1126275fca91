/** How long a start takes. */
export const startMs = 200;
/** When the reply goes out: while the first start is in flight. */
export const replyAtMs = 100;
/** For how long the chat is watched after the reply. */
export const watchMs = 180_000;
