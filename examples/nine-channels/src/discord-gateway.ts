/** As much of what the gateway sends as is needed to hear messages. */
interface GatewayEvent {
  readonly op: number;
  readonly s: number | null;
  readonly d: { readonly heartbeat_interval?: number } | null;
}

/** Messages of servers and direct messages, and what is in them. */
const intents = (1 << 9) | (1 << 12) | (1 << 15);

/**
 * Hears what Discord's gateway tells: `MESSAGE_CREATE` and others. discord.js does this for you, and also resumes where the
 * connection broke off.
 *
 * @returns hangs up.
 * @see https://discord.com/developers/docs/events/gateway
 */
export function listenToDiscord(receive: (event: unknown) => Promise<void>): () => void {
  const url = process.env['DISCORD_GATEWAY_URL'] || 'wss://gateway.discord.gg';
  const socket = new WebSocket(`${url}/?v=10&encoding=json`);
  const token = process.env['DISCORD_BOT_TOKEN'];
  let sequence: number | null = null;
  let heartbeat: NodeJS.Timeout | undefined;
  const send = (op: number, d: unknown): void => socket.send(JSON.stringify({ op, d }));

  socket.addEventListener('message', ({ data }) => {
    const event = JSON.parse(String(data)) as GatewayEvent;
    sequence = event.s ?? sequence;
    if (event.op === 0) receive(event).catch(console.error);
    if (event.op === 10) {
      heartbeat = setInterval(() => send(1, sequence), event.d?.heartbeat_interval ?? 41_250);
      const properties = { os: 'linux', browser: 'bot', device: 'bot' };
      send(2, { token, intents, properties });
    }
  });
  socket.addEventListener('close', () => clearInterval(heartbeat));
  return () => socket.close();
}
