import type { Context } from 'hono';
import type { z } from 'zod';

import { checkInput } from '../input.ts';

/** No body is an empty object, so that a bare `POST` makes a default chat. */
export async function readBody<Value>(context: Context, schema: z.ZodType<Value>): Promise<Value> {
  const text = await context.req.text();
  return checkInput(schema, text === '' ? {} : JSON.parse(text), 'The body');
}
