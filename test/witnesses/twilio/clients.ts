import type { TwilioTarget } from '@typingkit/twilio';
import twilio from 'twilio';
import type RequestClient from 'twilio/lib/base/RequestClient.js';
import type { Witnesses } from '../witness.ts';

/** It has no option for the address. Its own way to another one is a client of one's own. */
function clientAt(address: string): RequestClient {
  const client = new twilio.RequestClient();
  const request = client.request.bind(client);
  client.request = (options) => {
    const uri = options.uri.replace('https://messaging.twilio.com', address);
    return request({ ...options, uri });
  };
  return client;
}

export const witnesses: Witnesses<TwilioTarget> = {
  twilio({ apiKey, environment = {} }) {
    const httpClient = clientAt(environment['TWILIO_API_URL'] ?? '');
    const { messaging } = twilio(environment['TWILIO_ACCOUNT_SID'], apiKey, { httpClient });
    return {
      start(target) {
        if ('messageId' in target) {
          const { messageId } = target;
          return messaging.v2.typingIndicator.create({ channel: 'whatsapp', messageId });
        }
        const { from, to } = target;
        const { typingIndicator } = messaging.v3;
        const request = { channel: 'APPLE', from, to, event: 'START' };
        // Its types ask for the messageId of WhatsApp, too.
        return typingIndicator.create(request as never);
      },
    };
  },
};
