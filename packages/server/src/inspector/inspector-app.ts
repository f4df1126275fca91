import { serveStatic } from '@hono/node-server/serve-static';
import { Hono, type MiddlewareHandler } from 'hono';
import { secureHeaders } from 'hono/secure-headers';
import { z } from 'zod';
import type { EventLog } from '../events/event-log.ts';
import { bodyText } from '../guards/bounded-body.ts';
import { jsonBody } from '../guards/json-body.ts';
import { checkOwnCaller } from '../guards/own-callers-only.ts';
import type { Tokens } from '../guards/tokens.ts';
import { answerError } from '../problems/answer-error.ts';
import { answerOf, Problem } from '../problems/problem.ts';
import type { Inspection } from './inspection.ts';
import { builtPage, pageFolder } from './page-folder.ts';
import { stateStream } from './state-stream.ts';

/** What the inspector is made of. */
export interface InspectorParts {
  readonly inspection: Inspection;
  readonly log: EventLog;
  readonly tokens: Tokens;
  /** Aborted when the server begins to shut down. */
  readonly closing: AbortSignal;
  /** Gets what should never happen. */
  readonly onInternalError: (error: unknown) => void;
}

const mostReaders = 20;
const largestBodyBytes = 1_000;
const slowestQuestionMs = 20_000;

const streamQuery = z.strictObject({
  conversation: z.string().max(100).optional(),
  recipients: z.enum(['masked', 'shown']).default('masked'),
});
const question = z.strictObject({ conversation: z.string().max(100) });

/** The page, what it sees, and the one thing that it may do: to ask why nothing is seen. */
export function inspectorApp(parts: InspectorParts): Hono {
  const { inspection, log, tokens, closing, onInternalError } = parts;
  const app = new Hono();
  let readers = 0;
  app.onError((error) => answerError(error, onInternalError));
  app.use(
    secureHeaders({
      contentSecurityPolicy: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'", "'unsafe-inline'"],
        imgSrc: ["'self'", 'data:'],
        connectSrc: ["'self'"],
        baseUri: ["'none'"],
        formAction: ["'none'"],
        frameAncestors: ["'none'"],
      },
    }),
  );
  app.use(async ({ req }, next) => {
    if (!tokens.areRequired) checkOwnCaller(req.raw.headers);
    if (closing.aborted) throw new Problem('shutting-down');
    await next();
  });

  // The files of the page are the same for everybody and hold nothing. All else needs the token.
  app.use('/api/*', async ({ req }, next) => {
    tokens.check(req.header('authorization'));
    if (req.method === 'GET') await bodyText(req.raw, largestBodyBytes);
    await next();
  });
  app.get('/api/events', (context) => {
    const query = streamQuery.safeParse(context.req.query());
    if (!query.success) throw new Problem('invalid-request');
    if (readers >= mostReaders) throw new Problem('too-many-readers');
    readers += 1;
    const { conversation, recipients } = query.data;
    const areRecipientsShown = recipients === 'shown';
    const onEnd = (): void => {
      readers -= 1;
    };
    return stateStream(context, {
      inspection,
      log,
      conversation,
      areRecipientsShown,
      closing,
      onEnd,
    });
  });
  app.post('/api/diagnoses', async ({ req }) => {
    const text = await bodyText(req.raw, largestBodyBytes);
    const asked = question.safeParse(jsonBody(req.header('content-type'), text));
    if (!asked.success) throw new Problem('invalid-request');
    const signal = AbortSignal.any([closing, AbortSignal.timeout(slowestQuestionMs)]);
    const diagnosis = await inspection.diagnose(asked.data.conversation, signal);
    if (!diagnosis) throw new Problem('no-such-session');
    return Response.json(diagnosis, { headers: { 'cache-control': 'no-store' } });
  });
  app.all('/api/*', () => answerOf(new Problem('no-such-endpoint').document));

  let files: MiddlewareHandler | undefined;
  app.get('*', async (context, next) => {
    await builtPage();
    // Made when the page is there: it complains on the console where its folder is not.
    files ??= serveStatic({
      root: pageFolder,
      // Wherever it is mounted, the page lies at the root of its folder.
      rewriteRequestPath: (path) => path.replace(/^\/inspector/, ''),
    });
    const response = await files(context, next);
    response?.headers.set('cache-control', 'no-cache');
    return response;
  });
  app.notFound(() => answerOf(new Problem('no-such-endpoint').document));
  return app;
}
