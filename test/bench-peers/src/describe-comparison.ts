import type { Comparison } from './define-scenario.ts';

export const columns = ['scenario', 'peer', 'typingkit', 'verdict'] as const;

/** One comparison as the four cells of its row. */
export function describeComparison(comparison: Comparison): readonly string[] {
  const { title, promise, promiseNumber, peer, typingkit } = comparison;
  const who = peer.isModel ? `${peer.name} (a model of it)` : peer.versions.join(', ');
  const verdict = typingkit.isKept ? 'kept' : 'BROKEN';
  const what = peer.isModel ? 'The model' : 'The peer';
  const study = peer.isAsStudied
    ? `${what} did as studied.`
    : `${what} did better or otherwise than studied (${peer.studied}).`;
  return [
    title,
    `${who}: ${peer.measured}`,
    typingkit.measured,
    `Promise ${promiseNumber} ${verdict}: ${promise}. ${study}`,
  ];
}
