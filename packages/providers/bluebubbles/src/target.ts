import { object, type Schema, string } from '@typingkit/core/schema';

/** A chat of the Mac on which the BlueBubbles server runs. */
export interface BlueBubblesTarget {
  /** As every message names it: `iMessage;-;+15551234567`, or with `;+;` a group. */
  readonly chatGuid: string;
}

export const Target: Schema<BlueBubblesTarget> = object({
  chatGuid: string(
    /^(?:iMessage|SMS|RCS|any);[-+];[^;\s/]{1,256}$/,
    'must be the guid of a chat, such as iMessage;-;+15551234567',
  ),
});

/** The parts of a guid: over which network, whether it is a group, and who. */
export function partsOf({ chatGuid }: BlueBubblesTarget): {
  readonly service: string;
  readonly isGroup: boolean;
  readonly address: string;
} {
  const [service = '', kind, address = ''] = chatGuid.split(';');
  return { service, isGroup: kind === '+', address };
}

/** Whether no indicator ever shows there: Messages has them for its own network alone. */
export function isWithoutTyping(target: BlueBubblesTarget): boolean {
  const { service } = partsOf(target);
  return service === 'SMS' || service === 'RCS';
}
