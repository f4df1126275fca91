/** When what happens in the demo, in milliseconds from its beginning on. */
export const schedule = {
  /** How long the bot thinks about each of the messages that it sends. */
  thinkMs: { imessage: [3_000, 1_500], linkedin: [9_000], live: 9_000 },
  /** How long the bot leaves the person to themselves between two messages. */
  pauseMs: 3_000,
  /** The person types back from the bot's first message until then; it lasts until the bot waits and the outage is over. */
  personCeasesMs: 7_500,
  /** Between these, both vendors answer 503 to typing; it lasts until it has hit a request. */
  outage: { fromMs: 3_500, toMs: 6_500 },
} as const;
