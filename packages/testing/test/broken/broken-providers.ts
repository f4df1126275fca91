import { brokenAnswers } from './broken-answers.ts';
import { brokenCapabilities } from './broken-capabilities.ts';
import { brokenConnections } from './broken-connections.ts';
import { brokenContract } from './broken-contract.ts';
import { brokenDiagnoses } from './broken-diagnoses.ts';
import { brokenFailures } from './broken-failures.ts';
import { brokenInbound } from './broken-inbound.ts';
import { brokenKeys } from './broken-keys.ts';
import { brokenLeftovers } from './broken-leftovers.ts';
import type { BrokenProvider } from './broken-provider.ts';
import { brokenSecrets } from './broken-secrets.ts';
import { brokenTargets } from './broken-targets.ts';
import { brokenWire } from './broken-wire.ts';

/** All of them, by what is broken. Each list has a test file, so that they run side by side. */
export const brokenProviders: Readonly<Record<string, readonly BrokenProvider[]>> = {
  contract: brokenContract,
  capabilities: brokenCapabilities,
  targets: brokenTargets,
  inbound: brokenInbound,
  keys: brokenKeys,
  wire: brokenWire,
  diagnoses: brokenDiagnoses,
  failures: brokenFailures,
  answers: brokenAnswers,
  connections: brokenConnections,
  leftovers: brokenLeftovers,
  secrets: brokenSecrets,
};
