import { caseLines } from './case-lines.ts';
import { newcomerCases } from './cases.ts';
import { type Look, wrap } from './look.ts';
import { runCases, startNewcomers } from './run-cases.ts';
import type { Screen } from './screen.ts';
import { startSimulatedVendors } from './simulated-vendors.ts';
import { whereToGo } from './where-to-go.ts';

const question =
  'Before each call, diagnose was asked whether the indicator would be seen, and if not, why.';

/** What surprises newcomers, a case each. Throws an `Error` with a sentence where something went wrong. */
export async function casesDemo(screen: Screen, look: Look): Promise<void> {
  const vendors = await startSimulatedVendors();
  const outcomes = await runCases(newcomerCases, startNewcomers(vendors), vendors);
  await vendors.stop();
  screen.print('', `  ${look.paint('title', 'What surprises newcomers')}`);
  screen.print(...wrap(question, look.width - 4).map((line) => `  ${line}`));
  for (const outcome of outcomes) screen.print('', ...caseLines(outcome, look));
  screen.print('', ...whereToGo(look), '');
}
