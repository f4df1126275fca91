import { randomBytes } from 'node:crypto';

import { z } from 'zod';

import type { SimulatedConversation } from '../vendor.ts';

/** The person in every room. */
export const PERSON = '@ada:example.org';

/** A room as the bot sees it. */
export interface MatrixRoom extends SimulatedConversation {
  readonly target: { readonly roomId: string };
  /** Whether the bot's account is in it. */
  readonly isBotJoined: boolean;
  /** Whether the person is still in it. */
  readonly isPersonJoined: boolean;
}

/** What a new room is like. */
export interface MatrixRoomOptions extends MatrixRoomChange {
  /** Default: a random one of room version 12, which has no domain. */
  readonly roomId?: string | undefined;
}

/** What of a room can change while it lives. */
export interface MatrixRoomChange {
  /** Default: `true`. */
  readonly isBotJoined?: boolean | undefined;
  /** Default: `true`. */
  readonly isPersonJoined?: boolean | undefined;
}

const change = {
  isBotJoined: z.boolean().optional(),
  isPersonJoined: z.boolean().optional(),
};

export const matrixRoomChange: z.ZodType<MatrixRoomChange> = z.strictObject(change);

export const matrixRoomOptions: z.ZodType<MatrixRoomOptions> = z.strictObject({
  ...change,
  roomId: z
    .string()
    .regex(/^![^\0]{1,254}$/)
    .optional(),
});

export function newMatrixRoom({
  roomId = `!${randomBytes(32).toString('base64url')}`,
  isBotJoined = true,
  isPersonJoined = true,
}: MatrixRoomOptions): MatrixRoom {
  return { id: roomId, target: { roomId }, isBotJoined, isPersonJoined };
}
