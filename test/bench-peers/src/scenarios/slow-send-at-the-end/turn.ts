/** How long one typing send takes. */
export const sendMs = 400;
/** When the first one goes out. */
export const delayMs = 10;
/** How long the bot thinks. */
export const thinkMs = 40;

export const refused = (): Error => new Error('the vendor refused the typing activity');
