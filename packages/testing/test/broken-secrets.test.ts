import { brokenSecrets } from './broken/broken-secrets.ts';
import { describeBrokenProviders } from './broken/describe-broken-providers.ts';

describeBrokenProviders('secrets', brokenSecrets);
