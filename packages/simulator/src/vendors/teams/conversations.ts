import { randomBytes } from 'node:crypto';

import { z } from 'zod';

import { withoutUndefined } from '../../input.ts';
import type { SimulatedConversation, VendorFailure } from '../vendor.ts';
import { connectorFailure } from './failures.ts';

/** A conversation as the connector knows it. */
export interface TeamsConversation extends SimulatedConversation {
  readonly target: {
    readonly conversationId: string;
    readonly serviceUrl: string;
    readonly conversationType: string;
    readonly channelId: string;
  };
  readonly conversationType: 'personal' | 'groupChat' | 'channel';
  /** Where it is: Web Chat and Direct Line stand behind the same connector. */
  readonly channelId: 'msteams' | 'webchat' | 'directline';
  /** How the person's Web Chat or Direct Line gets activities. */
  readonly client: 'websocket' | 'polling';
  /** What the bot may do here. */
  readonly bot: 'member' | 'removed' | 'blocked' | 'disabled' | 'no-permission' | 'writes-blocked';
}

/** What a new conversation is like; by default a chat with one person in Teams. */
export type TeamsConversationOptions = {
  readonly [Name in keyof Omit<TeamsConversation, 'target'>]?: TeamsConversation[Name] | undefined;
};

/** What of a conversation can change while it lives. */
export type TeamsConversationChange = Pick<TeamsConversationOptions, 'bot' | 'client'>;

const change = {
  bot: z
    .enum(['member', 'removed', 'blocked', 'disabled', 'no-permission', 'writes-blocked'])
    .optional(),
  client: z.enum(['websocket', 'polling']).optional(),
};

export const teamsConversationChange: z.ZodType<TeamsConversationChange> = z.strictObject(change);

export const teamsConversationOptions: z.ZodType<TeamsConversationOptions> = z.strictObject({
  ...change,
  id: z
    .string()
    .regex(/^[\u0021-\u007E]+$/)
    .optional(),
  conversationType: z.enum(['personal', 'groupChat', 'channel']).optional(),
  channelId: z.enum(['msteams', 'webchat', 'directline']).optional(),
});

export function newTeamsConversation(
  options: TeamsConversationOptions,
  baseUrl: string,
): TeamsConversation {
  const { conversationType = 'personal', channelId = 'msteams' } = options;
  const id = options.id ?? newId(conversationType, channelId);
  // Teams has one for each region.
  const serviceUrl = channelId === 'msteams' ? `${baseUrl}/emea/` : `${baseUrl}/`;
  return {
    client: 'websocket',
    bot: 'member',
    ...withoutUndefined(options),
    id,
    target: { conversationId: id, serviceUrl, conversationType, channelId },
    conversationType,
    channelId,
  };
}

function newId(
  conversationType: TeamsConversation['conversationType'],
  channelId: TeamsConversation['channelId'],
): string {
  const some = randomBytes(12).toString('hex');
  if (channelId !== 'msteams') return `${some}-eu`;
  return {
    personal: `a:1${some}`,
    groupChat: `19:${some}@thread.v2`,
    channel: `19:${some}@thread.tacv2;messageid=1481567603816`,
  }[conversationType];
}

/** Why the bot may neither write nor read here; `null`: it may. */
export function refusalOf({ bot }: TeamsConversation): VendorFailure | null {
  if (bot === 'member') return null;
  return connectorFailure(bot === 'removed' ? 'not-in-roster' : bot);
}

/** Why a start that is accepted stays dark. */
export function hiddenBecause({
  conversationType,
  channelId,
  client,
}: TeamsConversation): string | null {
  if (channelId === 'msteams') return conversationType === 'channel' ? 'team-channel' : null;
  return client === 'polling' ? 'client-polls' : null;
}
