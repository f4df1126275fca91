import { z } from 'zod';
import type { Endpoint } from '../endpoints/endpoint.ts';
import { named, schemaCalled } from '../endpoints/schemas.ts';
import { problemDocument } from '../problems/problem.ts';
import { serverProblems, type ServerProblemCode } from '../problems/problem-codes.ts';

type Json = Record<string, unknown>;

const problemSchema = schemaCalled('Problem', problemDocument);

/** What every endpoint may answer. */
const everywhere: readonly ServerProblemCode[] = [
  'invalid-request',
  'body-too-large',
  'shutting-down',
];

/** The OpenAPI 3.1 document of some endpoints, made of the schemas that check their requests. */
export function openApiDocument(endpoints: readonly Endpoint[], hasToken: boolean): Json {
  const paths: Record<string, Json> = {};
  for (const endpoint of endpoints) {
    paths[endpoint.path] = {
      ...paths[endpoint.path],
      [endpoint.method]: operation(endpoint, hasToken),
    };
  }
  return {
    openapi: '3.1.1',
    info: {
      title: 'typingkit',
      version: '1',
      description: 'Typing indicators on any chat channel.',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: '/' }],
    paths,
    components: {
      schemas: componentSchemas(),
      ...(hasToken && { securitySchemes: { token: { type: 'http', scheme: 'bearer' } } }),
    },
    ...(hasToken && { security: [{ token: [] }] }),
  };
}

function operation(endpoint: Endpoint, hasToken: boolean): Json {
  const { answer, body, bodyKind, description, name, path, problems, summary } = endpoint;
  const parameters = [
    ...pathParameters(path),
    ...queryParameters(endpoint),
    ...keyParameter(endpoint),
  ];
  const own = bodyKind === 'json' ? (['wrong-content-type'] as const) : [];
  const ofKey = endpoint.takesKey ? (['key-used-otherwise'] as const) : [];
  const ofToken = hasToken ? (['no-token'] as const) : (['foreign-caller'] as const);
  const codes = [...everywhere, ...ofToken, ...own, ...ofKey, ...problems];
  const refusals = [...new Set(codes.map((code) => serverProblems[code].status))].toSorted(
    (a, b) => a - b,
  );
  return {
    operationId: name,
    summary,
    ...(description !== undefined && { description }),
    ...(parameters.length > 0 && { parameters }),
    ...(bodyKind === 'json' && {
      requestBody: { required: true, content: { 'application/json': { schema: reference(body) } } },
    }),
    ...(bodyKind === 'webhook' && {
      requestBody: {
        required: true,
        content: {
          'application/json': { schema: { type: ['object', 'array'] } },
          'application/x-www-form-urlencoded': { schema: { type: 'object' } },
        },
      },
    }),
    responses: {
      [answer.status]: {
        description: answer.description,
        ...(answer.schema && {
          content: { 'application/json': { schema: reference(answer.schema) } },
        }),
        ...(answer.contentType !== undefined && {
          content: { [answer.contentType]: { schema: { type: 'string' } } },
        }),
      },
      ...Object.fromEntries(refusals.map((status) => [status, problemAnswer(status, codes)])),
      default: problemAnswer(undefined, []),
    },
  };
}

function problemAnswer(status: number | undefined, codes: readonly ServerProblemCode[]): Json {
  const titles = codes
    .filter((code) => serverProblems[code].status === status)
    .map((code) => serverProblems[code].title);
  return {
    description:
      status === undefined
        ? 'What typing or the vendor refused.'
        : `${[...new Set(titles)].join('. ')}.`,
    content: { 'application/problem+json': { schema: reference(problemSchema) } },
  };
}

function pathParameters(path: string): Json[] {
  return [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }));
}

function queryParameters({ query }: Endpoint): Json[] {
  const { properties = {} } = z.toJSONSchema(query, { io: 'output' });
  return Object.entries(properties).map(([name, schema]) => {
    const { description, ...rest } = typeof schema === 'object' ? schema : {};
    return { name, in: 'query', description, schema: rest };
  });
}

function keyParameter({ takesKey }: Endpoint): Json[] {
  if (!takesKey) return [];
  const description =
    'The same key within ten minutes gets the first answer again, and opens no second session.';
  return [{ name: 'Idempotency-Key', in: 'header', description, schema: { type: 'string' } }];
}

function reference(schema: z.ZodType): Json {
  const name = named.get(schema)?.id;
  return name === undefined ? z.toJSONSchema(schema, { io: 'input' }) : { $ref: uriOf(name) };
}

function componentSchemas(): Json {
  const { schemas } = z.toJSONSchema(named, { io: 'input', uri: uriOf });
  return Object.fromEntries(
    Object.entries(schemas).map(([name, { $schema: _dialect, $id: _uri, ...schema }]) => [
      name,
      schema,
    ]),
  );
}

function uriOf(name: string): string {
  return `#/components/schemas/${name}`;
}
