import type { StartWishes } from '../../api/start-wishes.ts';
import type { StartWish, TypingReceipt } from '../../contract/typing-receipt.ts';
import type { Indicator } from '../indicator/indicator.ts';
import { unshownWishes } from '../indicator/wishes.ts';

/** Says on a receipt which wishes nobody sees, unless the provider has said so. */
export function withUnshown(
  receipt: TypingReceipt,
  { context, target }: Indicator,
  wishes: StartWishes,
): TypingReceipt {
  if (receipt.status === 'disabled' || receipt.notShown) return receipt;
  const notShown: readonly StartWish[] =
    receipt.status === 'coalesced'
      ? // No request was made that could have said it.
        (['status', 'action'] as const).filter((wish) => wishes[wish] !== undefined)
      : unshownWishes(context.capabilitiesOf(target), wishes);
  return notShown.length > 0 ? { ...receipt, notShown } : receipt;
}
