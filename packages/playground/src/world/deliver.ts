import type { SimulatedVendor } from '@typingkit/simulator';

/** Sends a message through the vendor's own API, as a bot does without typingkit. Rejects where it was refused. */
export async function deliver(
  vendor: SimulatedVendor,
  conversation: string,
  text: string,
  signal: AbortSignal,
): Promise<void> {
  const { url, ...request } = vendor.messageRequest(conversation, text);
  const response = await fetch(url, { ...request, signal });
  if (!response.ok) throw new Error(`The message was refused: ${response.status}`);
}
