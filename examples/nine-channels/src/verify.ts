import {
  hmacSignature,
  isSameSecret,
  sharedSecret,
  type SignatureScheme,
  webhookHandler,
  type WebhookOptions,
} from '@typingkit/core/webhook';
import { linqWebhook } from '@typingkit/linq/webhook';
import { createHash } from 'node:crypto';
import { botConnector } from './bot-connector.ts';

type Receive = (message: unknown) => Promise<void>;
type Webhook = (receive: Receive) => (request: Request) => Promise<Response>;

/**
 * How each platform proves its identity. An invalid signature gets 401, and the body is not parsed. Duplicates are received
 * once. Discord is missing: its messages come over the gateway.
 */
export const webhooks = {
  // https://docs.linqapp.com/guides/webhooks
  imessage: (onMessage) => linqWebhook({ secret: setting('LINQ_WEBHOOK_SECRET'), onMessage }),
  // https://developers.facebook.com/docs/graph-api/webhooks/getting-started#validate-payloads
  instagram: (receive) => metaWebhook('INSTAGRAM', receive),
  // https://connectsafely.ai/docs/webhooks/security
  linkedin: (receive) =>
    webhook(
      'connectsafely',
      hmacSignature({
        secret: setting('CONNECTSAFELY_WEBHOOK_SECRET'),
        header: 'x-webhook-signature',
        prefix: 'sha256=',
        encoding: 'hex',
      }),
      receive,
    ),
  messenger: (receive) => metaWebhook('FACEBOOK', receive),
  // https://docs.slack.dev/authentication/verifying-requests-from-slack
  slack: (receive) =>
    webhook(
      'slack',
      hmacSignature({
        secret: setting('SLACK_SIGNING_SECRET'),
        header: 'x-slack-signature',
        prefix: 'v0=',
        encoding: 'hex',
        timestampHeader: 'x-slack-request-timestamp',
        signed: 'v0:{timestamp}:{body}',
      }),
      receive,
    ),
  // https://learn.microsoft.com/azure/bot-service/rest-api/bot-framework-rest-connector-authentication
  teams(receive) {
    const isFromConnector = botConnector(setting('TEAMS_APP_ID'));
    const signature: SignatureScheme = {
      appliesTo: (request) => request.header('authorization') !== null,
      read: (request) => ({
        matches: (body) => isFromConnector(request.header('authorization') ?? '', body),
      }),
    };
    return webhook('teams', signature, receive);
  },
  // https://core.telegram.org/bots/api#setwebhook
  telegram: (receive) =>
    webhook(
      'telegram',
      sharedSecret({
        secret: setting('TELEGRAM_WEBHOOK_SECRET_TOKEN'),
        header: 'x-telegram-bot-api-secret-token',
      }),
      receive,
    ),
  whatsapp: (receive) => metaWebhook('WHATSAPP', receive),
} satisfies Record<string, Webhook>;

/** The channels whose messages come by webhook. */
export const webhookChannels = Object.keys(webhooks) as (keyof typeof webhooks)[];

function metaWebhook(product: string, receive: Receive): ReturnType<Webhook> {
  const signature = hmacSignature({
    secret: setting(`${product}_APP_SECRET`),
    header: 'x-hub-signature-256',
    prefix: 'sha256=',
    encoding: 'hex',
  });
  const token = setting(`${product}_VERIFY_TOKEN`);
  // Meta asks once to confirm the address.
  return webhook('meta', signature, receive, ({ searchParams }) =>
    isSameSecret(searchParams.get('hub.verify_token') ?? '', token)
      ? new Response(searchParams.get('hub.challenge'))
      : undefined,
  );
}

function webhook(
  provider: string,
  signature: SignatureScheme,
  onEvent: Receive,
  onGet?: WebhookOptions<unknown>['onGet'],
): ReturnType<Webhook> {
  return webhookHandler({
    provider,
    signature,
    onGet,
    onEvent,
    read(body) {
      const event = body.json();
      if (event === undefined) return undefined;
      const challenge = slackChallenge(event);
      if (challenge !== undefined) return new Response(challenge);
      // A repeated message has the same bytes. The platform does not have to wait for the model.
      const id = createHash('sha256').update(body.text).digest('hex');
      return [{ id, event, ifSlow: 'accept' }];
    },
  });
}

/** Slack asks once to confirm the address. */
function slackChallenge(event: unknown): string | undefined {
  const isQuestion =
    typeof event === 'object' &&
    event !== null &&
    Reflect.get(event, 'type') === 'url_verification';
  return isQuestion ? String(Reflect.get(event, 'challenge')) : undefined;
}

/** @throws Error if it is not set: without its secret, a platform cannot be verified. */
function setting(name: string): string {
  const value = process.env[name];
  if (value === undefined || value === '') throw new Error(`Set ${name} in the environment.`);
  return value;
}
