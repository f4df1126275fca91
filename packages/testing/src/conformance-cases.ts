import type { ConformanceCase } from './conformance-case.ts';
import { addressCases } from './conformance-cases/address-cases.ts';
import { capabilitiesCases } from './conformance-cases/capabilities-cases.ts';
import { connectionCases } from './conformance-cases/connection-cases.ts';
import { contractCases } from './conformance-cases/contract-cases.ts';
import { diagnoseCases } from './conformance-cases/diagnose-cases.ts';
import { documentedFailureCases } from './conformance-cases/documented-failure-cases.ts';
import { hostileAnswerCases } from './conformance-cases/hostile-answer-cases.ts';
import { inboundCases } from './conformance-cases/inbound-cases.ts';
import { keyCases } from './conformance-cases/key-cases.ts';
import { leftoverCases } from './conformance-cases/leftover-cases.ts';
import { retryAfterCases } from './conformance-cases/retry-after-cases.ts';
import { secretCases } from './conformance-cases/secret-cases.ts';
import { statusCases } from './conformance-cases/status-cases.ts';
import { stopCases } from './conformance-cases/stop-cases.ts';
import { targetCases } from './conformance-cases/target-cases.ts';
import { wireCases } from './conformance-cases/wire-cases.ts';
import type { AnyFacts } from './provider-facts.ts';

const casesWithoutVendor: readonly ConformanceCase[] = [
  ...contractCases,
  ...capabilitiesCases,
  ...targetCases,
  ...addressCases,
  ...inboundCases,
];

/** Every case that has something to check for these facts. */
export function conformanceCases(facts: AnyFacts): ConformanceCase[] {
  const cases = [
    ...casesWithoutVendor,
    ...wireCases,
    ...stopCases,
    ...diagnoseCases,
    ...statusCases,
    ...retryAfterCases,
    ...documentedFailureCases(facts.failures),
    ...hostileAnswerCases,
    ...connectionCases,
    ...leftoverCases,
    ...keyCases,
    ...secretCases,
  ];
  return applicable(cases, facts);
}

/** Those of them that ask nothing of the vendor. */
export function addressConformanceCases(facts: AnyFacts): ConformanceCase[] {
  return applicable(casesWithoutVendor, facts);
}

function applicable(cases: readonly ConformanceCase[], facts: AnyFacts): ConformanceCase[] {
  return cases.filter((conformanceCase) => conformanceCase.applies?.(facts) ?? true);
}
