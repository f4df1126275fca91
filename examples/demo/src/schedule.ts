/** When what happens in the demo, in milliseconds from its beginning on. */
export const schedule = {
  /** How long the bot thinks. */
  thinkMs: 9_000,
  /** Between these, both vendors answer 503 to typing; it lasts until it has hit a request. */
  outage: { fromMs: 3_500, toMs: 6_500 },
} as const;
