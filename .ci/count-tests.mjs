// Prints `N passed, N failed` from Vitest's JSON reports. Plain JavaScript: it runs on the machine's own Node.
import { existsSync, readFileSync } from 'node:fs';

/** A file that could not be loaded, or whose hooks failed, has no failed test and is counted as one. */
function count(report) {
  let passed = 0;
  let failed = 0;
  for (const { status: ofFile, assertionResults } of report.testResults) {
    const broken = assertionResults.filter((test) => test.status === 'failed').length;
    passed += assertionResults.filter((test) => test.status === 'passed').length;
    failed += ofFile === 'failed' ? Math.max(broken, 1) : broken;
  }
  return { passed, failed };
}

/** What failed and then passed is no failure, and is not to be overlooked. */
function nameSecondTries(report) {
  for (const { assertionResults } of report.testResults) {
    for (const test of assertionResults) {
      if (test.status !== 'passed' || test.failureMessages.length === 0) continue;
      console.log(
        `passed only on a second try: ${test.fullName}\n  ${test.failureMessages[0].split('\n')[0]}`,
      );
    }
  }
}

function counted(file) {
  try {
    const report = JSON.parse(readFileSync(file, 'utf8'));
    nameSecondTries(report);
    return count(report);
  } catch {
    console.log('There is no report: the tests did not run to their end.');
    return { passed: 0, failed: 1 };
  }
}

let passed = 0;
let failed = 0;
for (const file of process.argv.slice(2)) {
  const run = counted(file);
  passed += run.passed;
  // Such as an error that nobody caught, which belongs to no test.
  failed += existsSync(`${file}.failed`) ? Math.max(run.failed, 1) : run.failed;
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;
