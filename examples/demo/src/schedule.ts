/** When what happens in the demo, in milliseconds from its beginning on. */
export const schedule = {
  /** When the person at the other end has written, and the bot begins. */
  beginsMs: { imessage: 0, linkedin: 0, telegram: 1_200, slack: 600 },
  /** How long the bot thinks about each of the messages that it sends. */
  thinkMs: {
    imessage: [3_000, 1_500],
    linkedin: [9_000],
    telegram: [7_500],
    slack: [5_400],
    live: 9_000,
  },
  /** How long it thinks before it says something else of what it does. */
  searchesMs: 2_500,
  /** How long the bot leaves the person to themselves between two messages. */
  pauseMs: 3_000,
  /** The person types back from the bot's first message until then; it lasts until the bot waits and the outage is over. */
  personCeasesMs: 7_500,
  /** Between these, all platforms answer 503 to typing; it lasts until it has hit a request. */
  outage: { fromMs: 3_500, toMs: 6_500 },
} as const;
