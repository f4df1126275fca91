/** How long the two jobs take. */
export const firstJobMs = 300;
export const secondJobMs = 4_000;
