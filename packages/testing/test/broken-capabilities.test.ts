import { brokenCapabilities } from './broken/broken-capabilities.ts';
import { describeBrokenProviders } from './broken/describe-broken-providers.ts';

describeBrokenProviders('capabilities', brokenCapabilities);
