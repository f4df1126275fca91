import { brokenAnswers } from './broken/broken-answers.ts';
import { describeBrokenProviders } from './broken/describe-broken-providers.ts';

describeBrokenProviders('answers', brokenAnswers);
