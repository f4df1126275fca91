import * as z from 'zod/mini';

/** A chat, in Linq's own id. */
export interface LinqTarget {
  /** The chat's UUID. */
  readonly chatId: string;
}

/** A chat's id, in the one form that it has in every target and in every conversation key. */
export const LinqChatId: z.ZodMiniType<string, string> = z.lazy(() =>
  z.pipe(
    z.guid('must be a UUID such as 550e8400-e29b-41d4-a716-446655440000'),
    z.transform((id: string) => id.toLowerCase()),
  ),
);

export const LinqTargetShape: z.ZodMiniType<LinqTarget> = z.lazy(() =>
  z.object({ chatId: LinqChatId }),
);
