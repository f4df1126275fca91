import { brokenKeys } from './broken/broken-keys.ts';
import { describeBrokenProviders } from './broken/describe-broken-providers.ts';

describeBrokenProviders('keys', brokenKeys);
