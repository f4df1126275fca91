/** What every typing send is answered. */
export const outage = { error_code: 500, description: 'Internal Server Error' };

/** Long enough for ten ticks of five seconds. */
export const workMs = 46_000;

export const plainChat = 7;
export const forum = -1_007;
export const topic = 99;
