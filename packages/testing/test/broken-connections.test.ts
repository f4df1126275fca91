import { brokenConnections } from './broken/broken-connections.ts';
import { describeBrokenProviders } from './broken/describe-broken-providers.ts';

describeBrokenProviders('connections', brokenConnections);
