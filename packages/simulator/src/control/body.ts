import type { Context } from 'hono';
import { HTTPException } from 'hono/http-exception';
import type { z } from 'zod';

import { checkInput } from '../input.ts';

/**
 * Reads JSON. No body is an empty object, so that a bare `POST` makes a default conversation. A body of another content
 * type is refused: it is all that a web page can send without asking first.
 */
export async function readBody<Value>(context: Context, schema: z.ZodType<Value>): Promise<Value> {
  const text = await context.req.text();
  if (text === '') return checkInput(schema, {}, 'The body');
  if (!/^application\/json\s*(?:;|$)/i.test(context.req.header('content-type') ?? '')) {
    throw new HTTPException(415, { message: 'The content type must be application/json.' });
  }
  return checkInput(schema, JSON.parse(text), 'The body');
}
