import { TypingError, type TypingProvider } from '@typingkit/core';
import { acme, type AcmeTarget } from '../acme.ts';
import {
  type AcmeOptions,
  broken,
  type BrokenProvider,
  peek,
  rewritten,
  sender,
  withErrors,
} from './broken-provider.ts';

export const brokenSecrets: readonly BrokenProvider[] = [
  broken(
    'names the key in a message',
    'keeps the key out of the error of an answer that quotes it',
    withErrors((error, { apiKey }) =>
      error.status === 401 ? rewritten(error, { reason: `who is ${String(apiKey)}?` }) : error,
    ),
  ),
  broken(
    'keeps the request as the cause of a refusal',
    'keeps the key out of the error of an answer that quotes it',
    (options) =>
      remembering(options, (error, { request }) =>
        error.status ? Object.assign(error, { cause: { request } }) : error,
      ),
  ),
  broken(
    'keeps the headers of an answer in a field that nobody sees',
    'keeps the key out of the error of an answer that quotes it',
    (options) =>
      remembering(options, (error, { response }) =>
        error.status
          ? Object.defineProperty(error, 'headers', { value: response?.headers })
          : error,
      ),
  ),
  broken(
    'names the room in a message',
    'keeps recipients out of the message of an answer that quotes them',
    withErrors((error, _options, { roomId }) =>
      error.status ? rewritten(error, { reason: `${error.reason} in ${roomId}` }) : error,
    ),
  ),
  broken('keeps the end of a body', 'keeps the body of an answer out of its error', (options) =>
    remembering(options, (error, { text = '' }) =>
      error.status ? Object.assign(error, { body: text.slice(-500) }) : error,
    ),
  ),
  broken(
    'keeps the request as the cause of a failed connection',
    'keeps key and recipients out of the error of a connection that fails',
    (options) =>
      remembering(options, (error, { request }) =>
        error.code === 'network' ? Object.assign(error, { cause: request }) : error,
      ),
  ),
  broken('shows the answer in its receipt', 'keeps key and body out of its receipt', (options) =>
    remembering(
      options,
      (error) => error,
      ({ text = '' }) => ({ text }),
    ),
  ),
];

interface Memory {
  request?: Request;
  response?: Response;
  text?: string;
}

/** `acme` with a memory of what went over the wire. */
function remembering(
  options: AcmeOptions,
  failed: (error: TypingError, memory: Memory) => unknown,
  vendorOf?: (memory: Memory) => Record<string, string>,
): TypingProvider<AcmeTarget> {
  let memory: Memory = {};
  const send = sender(options);
  const good = acme({
    ...options,
    async fetch(request) {
      memory = { request };
      const [text, response] = await peek(await send(request));
      memory = { request, response, text };
      return response;
    },
  });
  const around = async <T>(run: () => Promise<T>): Promise<T> => {
    try {
      return await run();
    } catch (error) {
      throw TypingError.isInstance(error) ? failed(error, memory) : error;
    }
  };
  return {
    ...good,
    start: (target, call) =>
      around(async () => {
        const receipt = await good.start(target, call);
        return { ...receipt, ...(vendorOf && { vendor: vendorOf(memory) }) };
      }),
    stop: (target, call) => around(async () => good.stop?.(target, call)),
  };
}
