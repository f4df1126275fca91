/** How long the bot works. */
export const workMs = 300;
/** For how long the wire is watched after the stop. */
export const watchMs = 5_000;
