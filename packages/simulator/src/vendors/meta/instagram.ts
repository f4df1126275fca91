import type { Vendor } from '../vendor.ts';
import { graphFailure } from './graph.ts';
import { messagingVendor } from './messaging-vendor.ts';
import type { MessagingHandle, MessagingSettings } from './messaging-vendor.ts';

/** What a test does to the simulated Instagram from behind. */
export type InstagramHandle = MessagingHandle<{
  readonly recipientId: string;
  readonly accountId: string;
}>;

/**
 * Instagram, which has the requests of Messenger. How long it shows typing, what a repeat does and whether a message takes it
 * away is documented nowhere: it behaves like Messenger here. `lifetimeMs` is a setting.
 * @see https://developers.facebook.com/documentation/instagram-platform/instagram-api-with-instagram-login/messaging-api/sender-actions
 */
export const instagram: Vendor<InstagramHandle, MessagingSettings> = messagingVendor({
  channel: 'instagram',
  vendor: 'Instagram',
  product: 'instagram',
  ownerId: '17841405309211844',
  apiKey: 'instagram-simulator-token',
  targetOf: (recipientId, accountId) => ({ recipientId, accountId }),
  environment: ({ baseUrl, apiKey }) => ({
    INSTAGRAM_ACCESS_TOKEN: apiKey,
    INSTAGRAM_ACCOUNT_ID: '17841405309211844',
    INSTAGRAM_API_URL: baseUrl,
  }),
  outsideWindow: graphFailure({
    status: 400,
    code: 10,
    subcode: 2_534_022,
    type: 'IGApiException',
    message: '(#10) This message is sent outside of allowed window.',
  }),
  ownBody: (id) => ({ id, user_id: id, username: 'simulated_account' }),
});
