import { z } from 'zod';

/** The schemas that have a name in the OpenAPI document. */
export const named: z.core.$ZodRegistry<{ id: string }> = z.registry<{ id: string }>();

/** Gives a schema its name in the OpenAPI document. */
export function schemaCalled<Schema extends z.ZodType>(id: string, schema: Schema): Schema {
  named.add(schema, { id });
  return schema;
}

/** The longest that a request may wait for a vendor. */
const longestCallMs = 60_000;
const longestIdleMs = 3_600_000;
const longestSessionMs = 86_400_000;
const longestDelayMs = 600_000;

const milliseconds = (mostMs: number, leastMs = 1): z.ZodInt => z.int().min(leastMs).max(mostMs);
const text = z.string().max(1_000);

/** Where to type. */
export const place: {
  readonly channel: z.ZodString;
  readonly target: z.ZodRecord<z.ZodString, z.ZodUnknown>;
} = {
  channel: z.string().min(1).max(100).describe('The name of the channel, such as imessage.'),
  target: z
    .record(z.string().max(100), z.unknown())
    .describe('Where to type: the fields that GET /v1/channels lists.'),
};

export const timeoutMs: z.ZodOptional<z.ZodInt> = milliseconds(longestCallMs)
  .optional()
  .describe('How long the call may take in all, in milliseconds. Default: 10,000.');

/** What goes with a start. */
export const wishes: {
  readonly status: z.ZodOptional<z.ZodString>;
  readonly action: z.ZodOptional<z.ZodString>;
} = {
  status: text.optional().describe('A text beside the indicator, where the vendor shows one.'),
  action: text.optional().describe("What the bot is doing, in the vendor's own word."),
};

export const ttlMs: z.ZodOptional<z.ZodInt> = milliseconds(longestIdleMs)
  .optional()
  .describe('How long the indicator should stay, where the caller may choose.');

/** How a session lives. */
export const sessionOptions: {
  readonly label: z.ZodOptional<z.ZodString>;
  readonly delayMs: z.ZodOptional<z.ZodInt>;
  readonly idleTimeoutMs: z.ZodOptional<z.ZodInt>;
  readonly maxDurationMs: z.ZodOptional<z.ZodInt>;
  readonly refreshEveryMs: z.ZodOptional<z.ZodInt>;
} = {
  label: z.string().max(200).optional().describe('What to call the session in lists and logs.'),
  delayMs: milliseconds(longestDelayMs, 0)
    .optional()
    .describe('How long to wait before the first start. Default: 0.'),
  idleTimeoutMs: milliseconds(longestIdleMs)
    .optional()
    .describe('The session ends if nobody touches it for so long. Default: 120,000.'),
  maxDurationMs: milliseconds(longestSessionMs)
    .optional()
    .describe('The session ends after this long in any case. Default: 600,000.'),
  refreshEveryMs: milliseconds(longestIdleMs)
    .optional()
    .describe('How often to refresh. Default: as the channel needs.'),
};

const conversation = z
  .string()
  .describe(
    'Names the conversation without showing whose it is. Changes when the server restarts.',
  );
const dateTime = z.iso.datetime();

/** Who keeps starts from going out. */
const pause = schemaCalled(
  'Pause',
  z.object({
    by: z.string().describe('budget, rate-limit, credential, circuit or gate.'),
    until: dateTime.optional(),
  }),
);

export const session: z.ZodObject = schemaCalled(
  'Session',
  z.object({
    id: z.string(),
    label: z.string().optional(),
    channel: z.string().optional(),
    provider: z.string().optional(),
    conversation: conversation.optional(),
    target: z.unknown().optional().describe('Present only with targets=shown.'),
    state: z
      .string()
      .describe(
        'delayed, starting, active, suspended, paused, fallback, closed, or elsewhere where another process holds it.',
      ),
    openedAt: dateTime.optional(),
    ageMs: z.number().optional(),
    nextStartAt: dateTime.optional().describe('When the next start is due. Absent: none is.'),
    pause: pause.optional(),
    closeReason: z
      .string()
      .optional()
      .describe(
        'Why it ended: stopped, stop-requested, aborted, idle, max-duration, refused or closed.',
      ),
    problem: z.looseObject({}).optional().describe('What the vendor refused with.'),
  }),
);

export const sessionList: z.ZodObject = schemaCalled(
  'SessionList',
  z.object({
    total: z.int().describe('How many sessions match, listed or not.'),
    alive: z.int().describe('How many sessions are alive in all.'),
    sessions: z.array(session),
  }),
);

export const openedSessions: z.ZodObject = schemaCalled(
  'OpenedSessions',
  z.object({ sessions: z.array(session).describe('One for each conversation in the message.') }),
);

const warning = z.object({ code: z.string(), message: z.string() });

export const receipt: z.ZodObject = schemaCalled(
  'Receipt',
  z.object({
    status: z.string().describe('accepted, coalesced or disabled. Nobody can promise "shown".'),
    channel: z.string(),
    provider: z.string(),
    visibleForMs: z.number().optional().describe('Absent: until it is stopped.'),
    traceId: z.string().optional(),
    warnings: z.array(warning).optional(),
    notShown: z.array(z.string()).optional(),
    vendor: z.record(z.string(), z.unknown()).optional(),
  }),
);

export const stopReceipt: z.ZodObject = schemaCalled(
  'StopReceipt',
  z.object({
    status: z.string().describe('cleared, or expires: it disappears by itself within withinMs.'),
    channel: z.string(),
    provider: z.string(),
    withinMs: z.number().optional(),
  }),
);

export const diagnosis: z.ZodObject = schemaCalled(
  'Diagnosis',
  z.object({
    channel: z.string(),
    provider: z.string(),
    willShow: z.string().describe('yes, no or unknown.'),
    reasons: z.array(
      z.object({
        code: z.string(),
        effect: z.string().describe('hides or may-hide.'),
        message: z.string(),
        advice: z.string(),
      }),
    ),
    traceId: z.string().optional(),
  }),
);

export const channelList: z.ZodObject = schemaCalled(
  'ChannelList',
  z.object({
    channels: z.array(
      z.object({
        channel: z.string(),
        provider: z.string().optional(),
        vendor: z.string().optional(),
        documentation: z.string().optional(),
        isConfigured: z.boolean().optional().describe('Whether its key is there.'),
        targetFields: z
          .array(
            z.object({
              name: z.string(),
              description: z.string(),
              example: z.string(),
              isOptional: z.boolean(),
            }),
          )
          .optional(),
        capabilities: z.looseObject({}).optional(),
      }),
    ),
  }),
);

/** Whether ids of recipients are in the answer. */
export const targets: z.ZodOptional<z.ZodEnum<{ shown: 'shown'; masked: 'masked' }>> = z
  .enum(['shown', 'masked'])
  .optional()
  .describe('Whether the answer holds ids of recipients. Default: masked.');
