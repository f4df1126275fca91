import { brokenInbound } from './broken/broken-inbound.ts';
import { describeBrokenProviders } from './broken/describe-broken-providers.ts';

describeBrokenProviders('inbound', brokenInbound);
