import type { StartWishes } from '../../api/start-wishes.ts';
import type { StartReceipt, StartWish } from '../../contract/typing-receipt.ts';
import type { TypingCapabilities } from '../../contract/typing-capabilities.ts';
import type { Exchange } from '../exchange/exchange.ts';
import { newestWishes } from './holders.ts';
import type { Indicator } from './indicator.ts';

// What a start says beside "typing", and what of it the vendor shows.

/** Which wishes the vendor has no word for. */
export function unshownWishes(
  { actions = [], status: showsStatus = false }: TypingCapabilities,
  { action, status }: StartWishes,
): StartWish[] {
  const unshown: StartWish[] = [];
  if (status !== undefined && !showsStatus) unshown.push('status');
  if (action !== undefined && !actions.includes(action)) unshown.push('action');
  return unshown;
}

/** What of the newest wishes is on the screen, where the vendor shows any: the same text means that nothing is new. */
function shownWishes(
  { actions = [], status: showsStatus = false }: TypingCapabilities,
  { action, status }: StartWishes,
): string {
  const isKnown = action !== undefined && actions.includes(action);
  return JSON.stringify([showsStatus ? status : undefined, isKnown ? action : undefined]);
}

/** Whether the screen would look different if the newest wishes went out, instead of those of a start. */
export function isOutdated(indicator: Indicator, { call }: Exchange<StartReceipt>): boolean {
  const { context, target } = indicator;
  const capabilities = context.capabilitiesOf(target);
  if (!capabilities.status && !capabilities.actions) return false;
  const newest = newestWishes(indicator) ?? {};
  return shownWishes(capabilities, newest) !== shownWishes(capabilities, call);
}

/** Whether the screen would look different with other wishes. */
export function looksDifferent(
  { context, target }: Indicator,
  before: StartWishes,
  after: StartWishes,
): boolean {
  const capabilities = context.capabilitiesOf(target);
  return shownWishes(capabilities, before) !== shownWishes(capabilities, after);
}
