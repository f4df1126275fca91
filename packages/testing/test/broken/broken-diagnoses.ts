import { diagnosisOf } from '@typingkit/core';
import type { Diagnosis, DiagnosisReason, TypingProvider } from '@typingkit/core';
import { acme, type AcmeTarget } from '../acme.ts';
import {
  broken,
  type BrokenProvider,
  peek,
  rewritten,
  sender,
  withErrors,
  withMembers,
} from './broken-provider.ts';

export const brokenDiagnoses: readonly BrokenProvider[] = [
  broken(
    'gives the weakest reason first',
    'diagnoses in plain data, with a verdict that follows from its reasons',
    withDiagnosis((diagnosis) => ({ ...diagnosis, reasons: diagnosis.reasons.toReversed() })),
  ),
  broken(
    'gives something that is lost in JSON',
    'diagnoses in plain data, with a verdict that follows from its reasons',
    withDiagnosis((diagnosis) => ({ ...diagnosis, at: new Date() })),
  ),
  broken(
    'gives no advice',
    'diagnoses in sentences: what is so, and what to do',
    withReasons((reason) => ({ ...reason, advice: '' })),
  ),
  broken(
    'gives a message with a full stop',
    'diagnoses in sentences: what is so, and what to do',
    withReasons((reason) => ({ ...reason, message: `${reason.message}.` })),
  ),
  broken(
    'finds out by trying',
    'diagnoses by asking what the facts say and nothing else',
    withMembers((good) => ({
      async diagnose(target, call) {
        const diagnosis = await diagnosed(good, target, call);
        await good.start(target, call).catch(() => undefined);
        return diagnosis;
      },
    })),
  ),
  broken(
    'does not look at the answers',
    'diagnoses what the facts say',
    withDiagnosis(({ traceId }) => diagnosisOf([], traceId)),
  ),
  broken(
    'takes trouble for a doubt',
    'lets a diagnosis fail as a start does where the vendor cannot be asked',
    withMembers((good) => ({
      async diagnose(target, call) {
        try {
          return await diagnosed(good, target, call);
        } catch (error) {
          if (Object(error).status !== 503) throw error;
          return diagnosisOf([]);
        }
      },
    })),
  ),
  broken(
    'says of a failed diagnosis that it was a start',
    'lets a diagnosis fail as a start does where the vendor cannot be asked',
    withErrors((error) =>
      error.operation === 'diagnose' ? rewritten(error, { operation: 'start' }) : error,
    ),
  ),
  broken(
    'quotes an answer in a reason',
    'keeps key, recipients and body out of its diagnosis',
    (options) => {
      const send = sender(options);
      let text = '';
      const good = acme({
        ...options,
        async fetch(request) {
          const [first, response] = await peek(await send(request));
          text = first;
          return response;
        },
      });
      const diagnose: Acme['diagnose'] = async (target, call) => {
        const { reasons, traceId } = await diagnosed(good, target, call);
        const quoting = reasons.map(({ code, effect, message, advice }) => {
          return { code, effect, message: `${message}: ${text}`, advice };
        });
        return diagnosisOf(quoting, traceId);
      };
      return { ...good, diagnose };
    },
  ),
];

type Acme = TypingProvider<AcmeTarget>;

function withDiagnosis(change: (diagnosis: Diagnosis) => Diagnosis): BrokenProvider['create'] {
  return withMembers((good) => ({
    diagnose: async (target, call) => change(await diagnosed(good, target, call)),
  }));
}

function withReasons(
  change: (reason: DiagnosisReason) => DiagnosisReason,
): BrokenProvider['create'] {
  return withDiagnosis((diagnosis) => ({ ...diagnosis, reasons: diagnosis.reasons.map(change) }));
}

async function diagnosed(
  good: Acme,
  ...[target, call]: Parameters<NonNullable<Acme['diagnose']>>
): Promise<Diagnosis> {
  // `acme` has one.
  return (await good.diagnose?.(target, call)) as Diagnosis;
}
