import { brokenFailures } from './broken/broken-failures.ts';
import { describeBrokenProviders } from './broken/describe-broken-providers.ts';

describeBrokenProviders('failures', brokenFailures);
