import { brokenContract } from './broken/broken-contract.ts';
import { describeBrokenProviders } from './broken/describe-broken-providers.ts';

describeBrokenProviders('contract', brokenContract);
