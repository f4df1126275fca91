import type { Vendor } from '../vendor.ts';
import { graphFailure } from './graph.ts';
import { messagingVendor } from './messaging-vendor.ts';
import type { MessagingHandle, MessagingSettings } from './messaging-vendor.ts';

/** What a test does to the simulated Messenger from behind. */
export type MessengerHandle = MessagingHandle<{
  readonly recipientId: string;
  readonly pageId: string;
}>;

/** Messenger. @see https://developers.facebook.com/documentation/business-messaging/messenger-platform/send-messages/sender-actions */
export const messenger: Vendor<MessengerHandle, MessagingSettings> = messagingVendor({
  channel: 'messenger',
  vendor: 'Messenger',
  product: 'page',
  ownerId: '100841475479486',
  apiKey: 'messenger-simulator-token',
  targetOf: (recipientId, pageId) => ({ recipientId, pageId }),
  environment: ({ baseUrl, apiKey }) => ({
    FACEBOOK_PAGE_ACCESS_TOKEN: apiKey,
    FACEBOOK_API_URL: baseUrl,
  }),
  outsideWindow: graphFailure({
    status: 400,
    code: 10,
    subcode: 2_018_278,
    message: '(#10) This message is sent outside of allowed window.',
  }),
  ownBody: (id) => ({ id, name: 'Simulated page' }),
});
