import { type Diagnosis, diagnosisOf, type DiagnosisReason } from '../../contract/diagnosis.ts';
import { TypingError } from '../../contract/typing-error.ts';
import type { Clock } from '../../time/clock.ts';
import type { Deadline } from '../../time/deadline.ts';
import { type CallDeadline, openCallDeadline } from '../exchange/call-deadline.ts';
import type { ChannelDiagnosis, DiagnoseOptions } from '../../api/diagnosis.ts';
import { engineReasons, type Examined } from './engine-reasons.ts';
import { reasonOfError } from './reason-of-error.ts';

/** What a channel knows without asking anybody. */
export interface Diagnosable {
  readonly name: string;
  /** @throws TypingError where there is no provider, or the target is not what it should be. */
  examine(input: unknown): Examined;
  /** Says of an error where it happened. */
  typed(error: unknown): TypingError;
}

/** Finds out why nothing is seen on a channel. Only questions are sent. */
export class Diagnoses {
  readonly #channel: Diagnosable;
  readonly #clock: Clock;
  readonly #underWay = new Set<Deadline>();

  constructor(channel: Diagnosable, clock: Clock) {
    this.#channel = channel;
    this.#clock = clock;
  }

  /** Rejects for an option that is wrong, for the caller's own signal, and for {@link Diagnoses.close}. */
  async find(input: unknown, options: DiagnoseOptions): Promise<ChannelDiagnosis> {
    const call = openCallDeadline(this.#clock, options);
    const { deadline } = call;
    this.#underWay.add(deadline);
    try {
      return await this.#find(input, call);
    } finally {
      this.#underWay.delete(deadline);
      deadline.close();
    }
  }

  /** Lets go of every vendor that is being asked. */
  close(reason: TypingError): void {
    for (const deadline of this.#underWay) {
      this.#underWay.delete(deadline);
      deadline.abort(reason);
    }
  }

  async #find(input: unknown, { deadline, isLate }: CallDeadline): Promise<ChannelDiagnosis> {
    const { name: channel } = this.#channel;
    const known: DiagnosisReason[] = [];
    let provider: string | undefined;
    try {
      const examined = this.#channel.examine(input);
      provider = examined.context.provider.name;
      const { reasons, isMute } = engineReasons(examined);
      known.push(...reasons);
      if (isMute) return { ...diagnosisOf(known), channel, provider };
      const answer = await deadline.hold(askVendor(examined, deadline.signal));
      const found = diagnosisOf([...known, ...answer.reasons], answer.traceId);
      return { ...found, channel, provider };
    } catch (thrown) {
      // Given up by the caller, or by `close`; what only took too long is an answer.
      if (!isLate()) deadline.throwIfAborted();
      const error = this.#channel.typed(thrown);
      const found = diagnosisOf([...known, reasonOfError(error)], error.traceId);
      return { ...found, channel, provider: provider ?? error.provider ?? 'none' };
    }
  }
}

async function askVendor({ context, target }: Examined, signal: AbortSignal): Promise<Diagnosis> {
  const { provider } = context;
  if (!provider.diagnose) {
    return diagnosisOf([unverified(provider.name, context.capabilitiesOf(target).requires)]);
  }
  const answer = await provider.diagnose(target, { signal });
  if (isDiagnosis(answer)) return answer;
  throw new TypingError({
    code: 'bad-response',
    reason: 'the provider returned an invalid diagnosis',
    advice: 'Test the provider with describeTypingProvider of @typingkit/testing.',
  });
}

function unverified(provider: string, requires: readonly string[]): DiagnosisReason {
  const conditions = requires.length > 0 ? `. It needs: ${requires.join('; ')}` : '';
  return {
    code: 'unverified',
    effect: 'may-hide',
    message: `${provider} offers no way to find out${conditions}`,
    advice: "Check the recipient's screen once.",
  };
}

/** Whether a provider in JavaScript kept to the contract. A doubt that got lost would become a `yes`. */
function isDiagnosis({ willShow, reasons }: Diagnosis): boolean {
  return Array.isArray(reasons) && diagnosisOf(reasons).willShow === willShow;
}
