import type { SendblueTarget } from '@typingkit/sendblue';
import { createSendblueAdapter } from 'chat-adapter-sendblue';
import SendblueAPI from 'sendblue';
import type { Witnesses } from '../witness.ts';

const keyId = 'SENDBLUE_API_KEY_ID';

export const witnesses: Witnesses<SendblueTarget> = {
  sendblue({ baseUrl: baseURL, apiKey: apiSecret, environment = {} }) {
    const apiKey = environment[keyId] ?? '';
    // It would repeat by itself what failed.
    const client = new SendblueAPI({ apiKey, apiSecret, baseURL, maxRetries: 0 });
    return {
      start: ({ number, fromNumber = '' }) =>
        client.typingIndicators.send({
          number,
          from_number: fromNumber,
          state: 'start',
          max_duration_ms: 10_000,
        }),
    };
  },
  'chat-adapter-sendblue'({ baseUrl, apiKey: apiSecret, environment = {} }) {
    // It has no option for the address. The SDK below it reads this variable when it is made.
    const before = process.env['SENDBLUE_API_BASE_URL'];
    process.env['SENDBLUE_API_BASE_URL'] = baseUrl;
    const adapter = createSendblueAdapter({
      apiKey: environment[keyId] ?? '',
      apiSecret,
      defaultFromNumber: environment['SENDBLUE_FROM_NUMBER'] ?? '',
    });
    if (before === undefined) delete process.env['SENDBLUE_API_BASE_URL'];
    else process.env['SENDBLUE_API_BASE_URL'] = before;
    return {
      start: ({ number, fromNumber = '' }) =>
        adapter.startTyping(adapter.encodeThreadId({ contactNumber: number, fromNumber })),
    };
  },
};
