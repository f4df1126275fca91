import type { SessionSnapshot } from '../../api/session-snapshot.ts';
import { longAgoMs } from '../../time/long-ago.ts';
import { withHidden } from '../hidden-fields.ts';
import { pauseOf } from '../indicator/run.ts';
import type { Indicator } from '../indicator/indicator.ts';
import type { Session } from './session.ts';

/** What can be told of a session that is alive. */
export function snapshotOf(session: Session, indicator: Indicator): SessionSnapshot {
  const { id, isHolding, label, state, ageMs } = session;
  const { context, key, nextStartAtMs, target } = indicator;
  const isPlanned = isHolding && nextStartAtMs > longAgoMs && nextStartAtMs < Infinity;
  const pause = isHolding ? pauseOf(indicator) : undefined;
  return withHidden(
    {
      id,
      ...(label !== undefined && { label }),
      channel: context.channel,
      provider: context.provider.name,
      state,
      ageMs,
      ...(isPlanned && { nextStartAtMs }),
      ...(pause && { pause }),
    },
    { conversation: key, target },
  );
}
