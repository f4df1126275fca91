/** How long one typing send takes. */
export const sendMs = 1_500;
/** How long the bot thinks before it replies. */
export const thinkMs = 50;
