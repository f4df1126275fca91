export { xmppChannel } from './xmpp-channel.ts';
export { xmpp, xmppAddress, type XmppAddressOptions, type XmppOptions } from './xmpp.ts';
export type { XmppTarget } from './target.ts';
