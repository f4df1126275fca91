/** How often the loops tick; much faster than a bot would, so that the scenario is short. */
export const tickMs = 100;
export const workMs = 5_000;
