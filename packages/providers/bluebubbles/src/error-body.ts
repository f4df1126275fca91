import type { TypingErrorCode } from '@typingkit/core';
import type { VendorAnswer, VendorError } from '@typingkit/core/http';
import { anything, object, otherwise } from '@typingkit/core/schema';

const Refused = object({
  message: anything(),
  error: otherwise(object({ type: anything(), message: anything() }), {
    type: undefined,
    message: undefined,
  }),
});

const codes: Readonly<Record<number, TypingErrorCode>> = {
  // An older server has no such route.
  404: 'unsupported',
  405: 'unsupported',
};

/** Reads what the server says went wrong. */
export function readBlueBubblesError({ body, status, redact }: VendorAnswer): VendorError {
  const { type, message } = Refused.read(body)?.error ?? {};
  const reason = redact.sentence(message) ?? redact.sentence(Refused.read(body)?.message);
  const vendorCode = redact.sentence(type);
  // A 500, but no trouble that passes: the Private API is off, or its helper is gone, until the owner acts.
  if (status === 500 && type === 'iMessage Error') {
    const advice = 'Switch on the Private API at the server, and see that its helper is connected.';
    return { code: 'unsupported', reason, vendorCode, advice };
  }
  return { code: codes[status], reason, vendorCode };
}
