import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { WebSocketServer } from 'ws';

/** The secrets with which the platforms sign, as a bot's environment has them. */
export const webhookSecrets = {
  CONNECTSAFELY_WEBHOOK_SECRET: 'secret-of-linkedin',
  FACEBOOK_APP_SECRET: 'secret-of-messenger',
  FACEBOOK_VERIFY_TOKEN: 'token-of-messenger',
  INSTAGRAM_APP_SECRET: 'secret-of-instagram',
  INSTAGRAM_VERIFY_TOKEN: 'token-of-instagram',
  LINQ_WEBHOOK_SECRET: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
  SLACK_SIGNING_SECRET: 'secret-of-slack',
  TELEGRAM_WEBHOOK_SECRET_TOKEN: 'secret-of-telegram',
  WHATSAPP_APP_SECRET: 'secret-of-whatsapp',
  WHATSAPP_VERIFY_TOKEN: 'token-of-whatsapp',
};

type Headers = Readonly<Record<string, string>>;
/** What of a signature is other than it should be. */
export type SignatureChange = Readonly<Record<string, string | number | boolean>>;
type Sign = (body: string, change?: SignatureChange) => Headers | Promise<Headers>;

/** What Microsoft publishes for bots to know it by, and how it signs. */
export interface Connector extends AsyncDisposable {
  readonly keysUrl: string;
  /** @param change claims, and `kid` for a key by its name: `good`, `unendorsed`, or `stranger`, which is not published. */
  readonly sign: Sign;
}

export async function startConnector(appId: string): Promise<Connector> {
  const pairs = new Map<string, CryptoKey>();
  const keys: object[] = [];
  for (const kid of ['good', 'unendorsed', 'stranger']) {
    const { publicKey, privateKey } = await generateKeyPair('RS256', { extractable: true });
    pairs.set(kid, privateKey);
    const endorsements = kid === 'good' ? ['msteams', 'webchat'] : ['skype'];
    if (kid !== 'stranger') keys.push({ ...(await exportJWK(publicKey)), kid, endorsements });
  }
  const server = createServer((_, response) => response.end(JSON.stringify({ keys })));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    keysUrl: `http://127.0.0.1:${portOf(server.address())}/keys`,
    async sign(body, { kid = 'good', expired = false, ...claims } = {}) {
      const key = pairs.get(String(kid));
      if (key === undefined) throw new Error(`There is no key ${String(kid)}.`);
      const seconds = Math.floor(Date.now() / 1000) - (expired === true ? 7200 : 0);
      const { serviceUrl } = JSON.parse(body) as { serviceUrl?: string };
      const token = new SignJWT({ serviceurl: serviceUrl, ...claims })
        .setProtectedHeader({ alg: 'RS256', kid: kid === 'stranger' ? 'good' : String(kid) })
        .setIssuer(String(claims['iss'] ?? 'https://api.botframework.com'))
        .setAudience(String(claims['aud'] ?? appId))
        .setNotBefore(seconds)
        .setExpirationTime(seconds + 3600);
      return { authorization: `Bearer ${await token.sign(key)}` };
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

/** How each platform signs a body, as its documentation says. Linq's webhooks the simulator signs itself. */
export const signers = {
  instagram: meta('INSTAGRAM_APP_SECRET'),
  linkedin: (body) => {
    const signature = hmac(webhookSecrets.CONNECTSAFELY_WEBHOOK_SECRET, body);
    return { 'X-Webhook-Signature': `sha256=${signature}` };
  },
  messenger: meta('FACEBOOK_APP_SECRET'),
  slack: (body, { seconds = Math.floor(Date.now() / 1000) } = {}) => ({
    'X-Slack-Request-Timestamp': String(seconds),
    'X-Slack-Signature': `v0=${hmac(webhookSecrets.SLACK_SIGNING_SECRET, `v0:${String(seconds)}:${body}`)}`,
  }),
  telegram: () => ({
    'X-Telegram-Bot-Api-Secret-Token': webhookSecrets.TELEGRAM_WEBHOOK_SECRET_TOKEN,
  }),
  whatsapp: meta('WHATSAPP_APP_SECRET'),
} satisfies Readonly<Record<string, Sign>>;

/** Discord's gateway, as far as a bot that only listens sees it. */
export interface Gateway extends AsyncDisposable {
  readonly url: string;
  /** What the bot has sent. */
  readonly heard: { op: number; d: unknown }[];
  /** Tells every bot that is there. */
  dispatch(event: object): void;
}

export async function startGateway(): Promise<Gateway> {
  const heard: Gateway['heard'] = [];
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0 });
  server.on('connection', (socket) => {
    socket.on('message', (data) => {
      // A Buffer, as long as nobody asks for another type.
      heard.push(JSON.parse((data as Buffer).toString()) as Gateway['heard'][number]);
    });
    socket.send(JSON.stringify({ op: 10, t: null, s: null, d: { heartbeat_interval: 50 } }));
  });
  await once(server, 'listening');
  return {
    url: `ws://127.0.0.1:${portOf(server.address())}`,
    heard,
    dispatch(event) {
      for (const socket of server.clients) socket.send(JSON.stringify(event));
    },
    async [Symbol.asyncDispose]() {
      for (const socket of server.clients) socket.terminate();
      server.close();
      await once(server, 'close');
    },
  };
}

function meta(secret: keyof typeof webhookSecrets): Sign {
  return (body) => ({ 'X-Hub-Signature-256': `sha256=${hmac(webhookSecrets[secret], body)}` });
}

function hmac(secret: string, text: string): string {
  return createHmac('sha256', secret).update(text).digest('hex');
}

export function portOf(address: AddressInfo | string | null): number {
  if (typeof address === 'object' && address !== null) return address.port;
  throw new Error('It does not listen on a port.');
}
