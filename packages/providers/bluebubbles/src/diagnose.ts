import {
  type CallOptions,
  type Diagnosis,
  diagnosisOf,
  type DiagnosisReason,
} from '@typingkit/core';
import type { VendorClient } from '@typingkit/core/http';
import { anything, object } from '@typingkit/core/schema';
import { type BlueBubblesTarget, isWithoutTyping, partsOf } from './target.ts';

// Only ever read to find a reason: a field that is missing gives none.
const Info = object({
  data: object({
    private_api: anything(),
    helper_connected: anything(),
    detected_icloud: anything(),
  }),
});

const service: DiagnosisReason = {
  code: 'service',
  effect: 'hides',
  message: 'this chat runs over SMS or RCS, where Messages shows no typing',
  advice: 'Nothing can be done for this chat.',
};
const group: DiagnosisReason = {
  code: 'group',
  effect: 'may-hide',
  message: 'it is not documented whether typing shows in a group',
  advice: "Check a recipient's screen once.",
};
/** The server takes any guid, and does not hear what becomes of it. Therefore a diagnosis never says `yes`. */
const unverified: DiagnosisReason = {
  code: 'unverified',
  effect: 'may-hide',
  message:
    'the server does not say whether the chat exists, or whether Messages accepted the start',
  advice: 'Check that the guid comes from a message on the server.',
};

/**
 * Reads the state of the server.
 *
 * @see https://docs.bluebubbles.app/server/developer-guides/rest-api-and-webhooks
 */
export async function diagnoseServer(
  ask: VendorClient<BlueBubblesTarget>,
  target: BlueBubblesTarget,
  call: CallOptions,
): Promise<Diagnosis> {
  const path = '/api/v1/server/info';
  const redact = [partsOf(target).address];
  const answer = await ask(
    { operation: 'diagnose', method: 'get', path, expects: 200, target, redact },
    call,
  );
  const info = Info.read(answer.body)?.data;
  if (!info) throw answer.failure('bad-response');
  return diagnosisOf([
    ...(info.private_api === false
      ? [account('the Private API of the server is off', 'Switch it on in its settings.')]
      : []),
    ...(info.helper_connected === false
      ? [account('the helper of the Private API is not connected', 'Restart Messages on the Mac.')]
      : []),
    ...(info.detected_icloud === null
      ? [account('nobody is signed in to iCloud on the Mac', 'Sign in there.')]
      : []),
    ...(isWithoutTyping(target) ? [service] : []),
    ...(partsOf(target).isGroup ? [group] : []),
    unverified,
  ]);
}

function account(message: string, advice: string): DiagnosisReason {
  return { code: 'account', effect: 'hides', message, advice };
}
