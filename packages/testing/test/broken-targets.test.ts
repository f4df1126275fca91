import { brokenTargets } from './broken/broken-targets.ts';
import { describeBrokenProviders } from './broken/describe-broken-providers.ts';

describeBrokenProviders('targets', brokenTargets);
