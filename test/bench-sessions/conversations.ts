const prefix = 'conversation-';

/** The targets of `count` conversations. */
export function conversations(count: number): string[] {
  return Array.from({ length: count }, (_, index) => flat(`${prefix}${index}`));
}

export function indexOf(conversation: string): number {
  return Number(conversation.slice(prefix.length));
}

// V8 joins strings lazily, and the first lookup in a Map would pay for it.
function flat(text: string): string {
  return Buffer.from(text, 'latin1').toString('latin1');
}
