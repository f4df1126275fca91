/** The thread that a conversation is in: the same in every mailbox, where the conversation has a URN for each. */
export function threadIn(conversationUrn: string): string {
  return /,(.*)\)$/.exec(conversationUrn)?.[1] ?? conversationUrn;
}

export function threadUrn(conversationUrn: string): string {
  return `urn:li:messagingThread:${threadIn(conversationUrn)}`;
}
