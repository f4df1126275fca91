import { brokenWire } from './broken/broken-wire.ts';
import { describeBrokenProviders } from './broken/describe-broken-providers.ts';

describeBrokenProviders('wire', brokenWire);
