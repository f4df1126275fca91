import { Hono } from 'hono';
import type { Context } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { secureHeaders } from 'hono/secure-headers';
import type { z } from 'zod';
import type { World } from '../world/world.ts';
import type { ChangeFeed } from './change-feed.ts';
import { eventStream } from './event-stream.ts';
import { ownPageOnly } from './own-page-only.ts';
import type { PageFiles } from './page-files.ts';
import { aboutPhone, nothing, personTyping, settingsChange, step, written } from './requests.ts';

/** Where the simulated Linq sends its webhooks. Who sends them is told by their signature. */
export const webhookPath: string = '/webhooks/linq';

const largestBodyBytes = 4_096;

/** The page, what it sees and what it may do. */
export function playgroundApp(world: World, feed: ChangeFeed, page: PageFiles): Hono {
  const app = new Hono();
  app.use(ownPageOnly);
  app.use(
    secureHeaders({
      contentSecurityPolicy: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'"],
        imgSrc: ["'self'", 'data:'],
        connectSrc: ["'self'"],
        baseUri: ["'none'"],
        formAction: ["'none'"],
        frameAncestors: ["'none'"],
      },
    }),
  );

  app.post(webhookPath, (context) => world.receiveWebhook(context.req.raw));
  app.get('/events', (context) => eventStream(context, world, feed));

  const onPost = <Input>(
    path: string,
    schema: z.ZodType<Input>,
    act: (input: Input) => object | void | Promise<object | void>,
  ): void => {
    const limit = bodyLimit({ maxSize: largestBodyBytes });
    app.post(path, limit, async (context) => {
      const input = schema.safeParse(await readJson(context));
      if (!input.success) return context.json({ error: issuesOf(input.error) }, 400);
      return context.json((await act(input.data)) ?? {});
    });
  };
  onPost('/api/settings', settingsChange, (change) => world.change(change));
  onPost('/api/messages', written, ({ channel, text }) => world.write(channel, text));
  onPost('/api/person-typing', personTyping, ({ channel, isTyping }) =>
    world.personTypes(channel, isTyping),
  );
  onPost('/api/diagnoses', aboutPhone, ({ channel }) => world.diagnose(channel));
  onPost('/api/steps', step, ({ forMs }) => world.step(forMs));
  onPost('/api/resets', nothing, () => world.reset());

  app.get('*', (context) => {
    const file = page.get(context.req.path === '/' ? '/index.html' : context.req.path);
    if (!file) return context.text('There is nothing here.\n', 404);
    return context.body(file.bytes, 200, {
      'content-type': file.type,
      'cache-control': 'no-cache',
    });
  });
  return app;
}

/** `undefined`, where it is no JSON or does not say that it is. Without the header another site could post it. */
async function readJson(context: Context): Promise<unknown> {
  if (!context.req.header('content-type')?.startsWith('application/json')) return undefined;
  return context.req.json().catch(() => undefined);
}

function issuesOf({ issues }: z.ZodError): string {
  return issues.map(({ path, message }) => [path.join('.'), message].join(' ').trim()).join('; ');
}
