import { brokenDiagnoses } from './broken/broken-diagnoses.ts';
import { describeBrokenProviders } from './broken/describe-broken-providers.ts';

describeBrokenProviders('diagnoses', brokenDiagnoses);
