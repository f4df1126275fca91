import type { IndicatorLifetime } from '../../contract/typing-capabilities.ts';

/**
 * How long one start lasts, in milliseconds; `Infinity` until it is stopped.
 *
 * @param wishMs what the caller wishes, where it is the caller's to choose. Default: the most the vendor allows.
 */
export function lifetimeMs(ttl: IndicatorLifetime, wishMs: number | undefined): number {
  switch (ttl.kind) {
    case 'fixed':
      return ttl.ms;
    case 'caller':
      return allowedLifetimeMs(ttl, wishMs ?? ttl.maxMs);
    case 'until-stopped':
      return Infinity;
  }
}

function allowedLifetimeMs(
  ttl: IndicatorLifetime & { readonly kind: 'caller' },
  wishMs: number,
): number {
  const { minMs, maxMs, stepMs = 1 } = ttl;
  const steps = Math.round((wishMs - minMs) / stepMs);
  return Math.min(maxMs, Math.max(minMs, minMs + steps * stepMs));
}
