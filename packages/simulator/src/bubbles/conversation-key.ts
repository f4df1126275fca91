const UUID = /^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/i;

export function isUuid(text: string): boolean {
  return UUID.test(text);
}

/** UUIDs compare without regard to case (RFC 9562 §4), URNs with it. */
export function conversationKey(conversation: string): string {
  return isUuid(conversation) ? conversation.toLowerCase() : conversation;
}

/** `undefined` means any conversation. */
export function isSameConversation(wanted: string | undefined, actual: string | null): boolean {
  if (wanted === undefined) return true;
  return actual !== null && conversationKey(wanted) === conversationKey(actual);
}
