export { startSimulator } from './simulator.ts';
export type { Simulator, SimulatorAddresses, SimulatorOptions } from './simulator-interface.ts';
export type { BubbleInterval, ConversationFact } from './bubbles/bubble.ts';
export type { SimulatedClock } from './time/clock.ts';
export type {
  DocumentedFault,
  Fault,
  FaultEffect,
  FaultMatch,
  FaultOutcome,
  QueuedFault,
} from './faults/fault.ts';
export type { FaultQueue } from './faults/faults.ts';
export type { SimulatorEvent, SimulatorListener } from './observing/observer.ts';
export type { LoggedRequest, RequestFilter } from './observing/request-log.ts';
export type { WebhookDelivery } from './observing/webhook-delivery.ts';
export type { RateLimit } from './vendors/rate-limit.ts';
export type { Change, SimulatedVendor, VendorBasics } from './vendors/start-vendor.ts';
export type {
  MessageRequest,
  PersonTypes,
  RequestMeaning,
  SimulatedConversation,
  VendorAddress,
  VendorHandle,
  VendorSettings,
} from './vendors/vendor.ts';
export type { SimulatedVendors, VendorName, VendorOptions } from './vendors/vendor-registry.ts';
export type {
  LinkedInAccount,
  LinkedInAccountChange,
  LinkedInAccountState,
} from './vendors/connectsafely/accounts.ts';
export type {
  ConnectSafelyHandle,
  LinkedInConversation,
  LinkedInConversationOptions,
} from './vendors/connectsafely/vendor.ts';
export type { ConnectSafelySettings } from './vendors/connectsafely/settings.ts';
export type { LineChat, LineChatChange, LineChatOptions, LineHandle } from './vendors/line/line.ts';
export type {
  LinqChat,
  LinqChatChange,
  LinqChatOptions,
  LinqService,
} from './vendors/linq/chats.ts';
export type { LinqEra } from './vendors/linq/era.ts';
export type { LinqSettings } from './vendors/linq/settings.ts';
export type { LinqHandle } from './vendors/linq/vendor.ts';
export type { DiscordHandle } from './vendors/discord/discord.ts';
export type { DiscordSettings } from './vendors/discord/settings.ts';
export type { InstagramHandle } from './vendors/meta/instagram.ts';
export type { MessagingHandle, MessagingSettings } from './vendors/meta/messaging-vendor.ts';
export type { MessengerHandle } from './vendors/meta/messenger.ts';
export type { MetaPerson, MetaPersonChange, MetaPersonOptions } from './vendors/meta/people.ts';
export type { WhatsAppHandle } from './vendors/meta/whatsapp.ts';
export type {
  WhatsAppChat,
  WhatsAppChatChange,
  WhatsAppChatOptions,
} from './vendors/meta/whatsapp-chats.ts';
export type { MatrixHandle, MatrixSettings } from './vendors/matrix/matrix.ts';
export type { ZulipHandle, ZulipSettings } from './vendors/zulip/zulip.ts';
export type { MattermostHandle } from './vendors/mattermost/mattermost.ts';
export type { TeamsHandle, TeamsSettings } from './vendors/teams/teams.ts';
export type { SendblueHandle } from './vendors/sendblue/sendblue.ts';
export type {
  SendblueChat,
  SendblueChatChange,
  SendblueChatOptions,
} from './vendors/sendblue/chats.ts';
export type { SlackSettings } from './vendors/slack/settings.ts';
export type { SlackHandle } from './vendors/slack/slack.ts';
export type { TwilioChat, TwilioChatOptions, TwilioHandle } from './vendors/twilio/twilio.ts';
export type { TelegramHandle } from './vendors/telegram/telegram.ts';
export type { UnipileHandle } from './vendors/unipile/unipile.ts';
export type { SignalHandle } from './vendors/signal/signal.ts';
export type { BlueBubblesHandle, BlueBubblesSettings } from './vendors/bluebubbles/bluebubbles.ts';
export type { ReleaseOrder } from './vendors/linq/webhooks/delivery.ts';
export type { LinqEventType } from './vendors/linq/webhooks/event.ts';
export type { LinqWebhookSubscription } from './vendors/linq/webhooks/subscriptions.ts';
export type { LinqWebhookOptions, LinqWebhooks } from './vendors/linq/webhooks/webhooks.ts';
