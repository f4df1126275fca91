import { createHash } from 'node:crypto';
import { webhookHandler } from '@typingkit/core/webhook';
import type { RegisterOptions } from '@typingkit/tsyringe';
import { Hono } from 'hono';
import { type Channel, signatures } from './signatures.ts';
import { containersOf, type Tenant } from './tenants.ts';

/** What the backend does with a message. */
export interface Bot {
  readonly think: (message: unknown) => Promise<string>;
  /** Sends with the tenant's own key, in the platform's own way. */
  readonly reply: (
    tenant: string,
    channel: Channel,
    target: object,
    text: string,
  ) => Promise<unknown>;
}

/** One route for all tenants and channels: `POST /<tenant>/<channel>`. */
export function createBackend(
  tenants: Readonly<Record<string, Tenant>>,
  { think, reply }: Bot,
  options?: RegisterOptions,
): Hono {
  const webhooks = new Map<string, (request: Request) => Promise<Response>>();

  for (const { name, tenant, typing } of containersOf(tenants, options)) {
    const answer = async (channel: Channel, message: unknown): Promise<void> => {
      for (const target of typing.targetsIn(channel, message)) {
        const text = await typing.with(channel, target, () => think(message));
        await reply(name, channel, target, text);
      }
    };
    for (const [channel, signature] of entriesOf(signatures)) {
      const webhook = webhookHandler<unknown>({
        provider: channel,
        signature: signature(tenant.secrets[channel]),
        read(body) {
          // What is sent twice has the same bytes.
          const id = createHash('sha256').update(body.text).digest('hex');
          return [{ id, event: body.json() }];
        },
        // Not awaited: the platform gets its answer now.
        onEvent: (message) => void answer(channel, message).catch(console.error),
      });
      webhooks.set(`${name}/${channel}`, webhook);
    }
  }

  return new Hono().post('/:tenant/:channel', ({ req, notFound }) => {
    const { tenant, channel } = req.param();
    return webhooks.get(`${tenant}/${channel}`)?.(req.raw) ?? notFound();
  });
}

function entriesOf<Key extends string, Value>(record: Record<Key, Value>): [Key, Value][] {
  return Object.entries(record) as [Key, Value][]; // It has no other keys.
}
