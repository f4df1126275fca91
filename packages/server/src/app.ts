import { Hono } from 'hono';
import type { Context } from 'hono';
import type { z } from 'zod';
import type { Answer, Endpoint, Served } from './endpoints/endpoint.ts';
import { bodyText } from './guards/bounded-body.ts';
import { jsonBody } from './guards/json-body.ts';
import { checkOwnCaller } from './guards/own-callers-only.ts';
import type { Tokens } from './guards/tokens.ts';
import { openApiDocument } from './openapi/openapi-document.ts';
import { answerError } from './problems/answer-error.ts';
import { answerOf, Problem } from './problems/problem.ts';

/** What an app is made of. */
export interface AppParts {
  readonly served: Served;
  readonly endpoints: readonly Endpoint[];
  readonly tokens: Tokens;
  /** Has guards of its own. */
  readonly inspector: Hono;
  /** Gets what should never happen. */
  readonly onInternalError: (error: unknown) => void;
}

/** A request for the document has no body. One that is short is told so. */
const largestDocumentRequest = 64 * 1024;

/** The endpoints behind their guards. */
export function serverApp(parts: AppParts): Hono {
  const { served, endpoints, tokens, inspector, onInternalError } = parts;
  const app = new Hono();
  app.get('/inspector', (context) => context.redirect('/inspector/'));
  app.route('/inspector', inspector);
  app.onError((error) => answerError(error, onInternalError));
  app.use(async ({ req }, next) => {
    if (tokens.areRequired) tokens.check(req.header('authorization'));
    else checkOwnCaller(req.raw.headers);
    if (served.closing.aborted) throw new Problem('shutting-down');
    await next();
  });

  for (const endpoint of endpoints) {
    const path = endpoint.path.replaceAll(/\{(\w+)\}/g, ':$1');
    app.on(endpoint.method.toUpperCase(), path, async (context) =>
      responseOf(await endpoint.handle(await callOf(context, endpoint, served))),
    );
  }
  const document = openApiDocument(endpoints, tokens.areRequired);
  app.get('/openapi.json', async ({ req }) => {
    await bodyText(req.raw, largestDocumentRequest);
    return Response.json(document);
  });

  const paths = new Map<string, string[]>([['/openapi.json', ['GET']]]);
  for (const { method, path } of endpoints)
    paths.set(path, [...(paths.get(path) ?? []), method.toUpperCase()]);
  for (const [path, methods] of paths) {
    app.all(path.replaceAll(/\{(\w+)\}/g, ':$1'), () => {
      const response = answerOf(new Problem('wrong-method').document);
      response.headers.set('allow', methods.join(', '));
      return response;
    });
  }
  app.notFound(() => answerOf(new Problem('no-such-endpoint').document));
  return app;
}

async function callOf(
  context: Context,
  endpoint: Endpoint,
  served: Served,
): Promise<Parameters<Endpoint['handle']>[0]> {
  const { req } = context;
  const text = await bodyText(req.raw, endpoint.largestBodyBytes);
  return {
    served,
    path: req.param(),
    query: checked('query', endpoint.query, req.query()),
    body: bodyOf(req.header('content-type'), endpoint, text),
    text,
    header: (name) => req.header(name),
  };
}

function bodyOf(
  contentType: string | undefined,
  { body, bodyKind }: Endpoint,
  text: string,
): unknown {
  if (bodyKind === 'webhook') return undefined;
  if (bodyKind === 'none' && text.trim() === '') return {};
  return checked('body', body, jsonBody(contentType, text));
}

/** @throws Problem `invalid-request`, which names fields, and never quotes a value. */
function checked<Schema extends z.ZodType>(
  where: 'body' | 'query',
  schema: Schema,
  value: unknown,
): z.output<Schema> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const issues = result.error.issues.slice(0, 3).map(({ path, message }) => {
    const field = path.map(String).join('.').slice(0, 100);
    return `${field === '' ? `The ${where}` : `"${field}" in the ${where}`}: ${message.slice(0, 200)}`;
  });
  throw new Problem('invalid-request', { detail: `${issues.join('. ')}.` });
}

function responseOf(answer: Answer | Response): Response {
  if (answer instanceof Response) return answer;
  return Response.json(answer.body, {
    status: answer.status,
    headers: { 'cache-control': 'no-store' },
  });
}
