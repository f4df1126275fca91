export { isSameSecret } from './equal-in-constant-time.ts';
export {
  hmacSignature,
  type HmacSignatureOptions,
  isStandardWebhookSecret,
  standardWebhookSignature,
} from './hmac-signature.ts';
export type { NodeRequest, NodeResponse } from './node-exchange.ts';
export { memorySeenEvents, type MemorySeenEventsOptions, type SeenEvents } from './seen-events.ts';
export { secretsIn } from './secrets.ts';
export { sharedSecret, type SharedSecretOptions } from './shared-secret.ts';
export type { SignatureClaim, SignatureScheme, WebhookSecret } from './signature.ts';
export { type NodeHandler, toNodeHandler, type WebHandler } from './to-node-handler.ts';
export type { VerifiedBody } from './verified-body.ts';
export type { WebhookEvent } from './webhook-event.ts';
export { webhookHandler } from './webhook-handler.ts';
export type { WebhookOptions, WebhookSettings } from './webhook-options.ts';
export type { RequestHead } from './webhook-request.ts';
