import type { Diagnosis } from '../contract/diagnosis.ts';
import type { CallOptions } from '../contract/typing-provider.ts';

/** How to ask why nothing is seen. */
export interface DiagnoseOptions extends CallOptions {
  /** How long the vendor may take in all, in milliseconds. Default: 10,000. */
  readonly timeoutMs?: number | undefined;
}

/** Whether a start would be seen on a channel, and if not, why. Plain data. */
export interface ChannelDiagnosis extends Diagnosis {
  readonly channel: string;
  /** `none` where it could not be made and nobody knows its name. */
  readonly provider: string;
}
