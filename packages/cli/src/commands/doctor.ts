import type { ChannelDescription, ChannelDiagnosis } from '@typingkit/core';
import { errorCodes, isTypingErrorCode } from '@typingkit/core/error-codes';
import { linqChannel } from '@typingkit/linq';
import { linqWebhookSubscriptions } from '@typingkit/linq/webhook';
import {
  byChannel,
  chooseProvider,
  missingSettings,
  requiredSettings,
  variableOf,
} from 'typingkit/environment';
import { CommandError } from '../command-error.ts';
import type { Setup } from '../command-context.ts';
import { exitCodes } from '../exit-codes.ts';
import { failureOf } from '../failure.ts';
import { examples } from '../help-text.ts';
import { openTyping } from '../open-typing.ts';
import { addConfigFlag, addOutputFlags, type OutputFlags } from '../output-flags.ts';
import { outputFor } from '../output.ts';
import { styled } from '../printable.ts';
import { settings } from '../settings.ts';
import { addTimeoutFlag, type TimeoutFlag } from '../timeout-flag.ts';

/** What was found out of one provider that has settings. */
interface Finding {
  readonly channel: string;
  readonly provider: string;
  readonly vendor: string;
  /** `unknown`: the vendor answers no question, so that only typing would tell. */
  readonly state: 'ok' | 'unknown' | 'failed';
  readonly message: string;
  /** What to do, where there is something to do. */
  readonly advice: string | undefined;
  /** What the process ends with because of it. */
  readonly exitCode: number;
}

export const setUpDoctor: Setup = (command, context) => {
  addOutputFlags(addTimeoutFlag(addConfigFlag(command)));
  command.addHelpText('after', () => help);
  command.action(async (flags: OutputFlags & TimeoutFlag) => {
    const all = await context.channels();
    const begun = [...byChannel(all).values()].flatMap((candidates) => chosen(candidates));
    if (begun.length === 0) {
      const advice =
        'Set the key of one, in the environment or in a .env file here: `typingkit channels` lists them. Without an account: typingkit simulate';
      throw new CommandError('No channel is configured', advice, errorCodes.misconfigured.exitCode);
    }
    const findings = (
      await Promise.all(begun.map((one) => examined(all, one, flags.timeout)))
    ).flat();
    outputFor(flags).result({ findings }, findings.flatMap(inLines));
    context.exitCode = findings.find(({ state }) => state === 'failed')?.exitCode ?? exitCodes.ok;
  });
};

const help = `
It asks each vendor about a conversation that does not exist, so it shows nothing to anybody.
${examples(['typingkit doctor', 'typingkit doctor --json'])}`;

/** Of the providers of a channel, those that have at least one of the settings they need. */
function chosen(candidates: readonly ChannelDescription[]): readonly ChannelDescription[] {
  const begun = candidates.filter(({ settings: own }) =>
    own.some((one) => one.isRequired && variableOf(one, settings) !== undefined),
  );
  if (begun.length < 2) return begun;
  try {
    return [chooseProvider(candidates, settings)];
  } catch {
    // Each says what is wrong with it.
    return begun;
  }
}

async function examined(
  all: readonly ChannelDescription[],
  description: ChannelDescription,
  timeoutMs: number | undefined,
): Promise<Finding[]> {
  const { channel, provider, vendor, targetFields } = description;
  const about = { channel, provider, vendor };
  const [missing] = missingSettings(description, settings);
  if (missing) {
    const [variable] = missing.variables;
    const message = `${variable} is not set`;
    const advice = `Set it: it is ${missing.description}.`;
    const { exitCode } = errorCodes.misconfigured;
    return [{ ...about, state: 'failed', message, advice, exitCode }];
  }
  const needed = targetFields.filter(({ isOptional }) => !isOptional);
  const target = Object.fromEntries(needed.map(({ name, example }) => [name, example]));
  const typing = openTyping(all);
  try {
    const diagnosis = await typing.diagnose(channel, target, { timeoutMs });
    const finding: Finding = { ...about, ...meaningOf(diagnosis) };
    const isLinq = description === linqChannel || provider === linqChannel.provider;
    return isLinq && finding.state === 'ok' ? [finding, await webhooks()] : [finding];
  } catch (error) {
    const { lines, exitCode } = failureOf(error);
    const [message = '', advice] = lines;
    return [{ ...about, state: 'failed', message, advice, exitCode }];
  } finally {
    await typing.close();
  }
}

/** These say that the vendor was reached and took the key: it only does not know the conversation of the example. */
const harmless: ReadonlySet<string> = new Set([
  'not-found',
  'invalid-target',
  'rejected',
  'unsupported',
]);

function meaningOf({
  reasons,
}: ChannelDiagnosis): Pick<Finding, 'state' | 'message' | 'advice' | 'exitCode'> {
  const fault = reasons.find(({ code }) => isTypingErrorCode(code) && !harmless.has(code));
  if (fault && isTypingErrorCode(fault.code)) {
    const { message, advice } = fault;
    return { state: 'failed', message, advice, exitCode: errorCodes[fault.code].exitCode };
  }
  const isUnasked = reasons.some(({ code }) => code === 'unverified');
  return {
    state: isUnasked ? 'unknown' : 'ok',
    message: isUnasked
      ? 'the keys are set; this vendor answers no question, so only typing would tell'
      : 'the vendor answers, and takes the key',
    advice: undefined,
    exitCode: exitCodes.ok,
  };
}

/** Whether Linq tells anybody who is typing. */
async function webhooks(): Promise<Finding> {
  const { channel, provider, vendor } = linqChannel;
  const about = { channel, provider, vendor, exitCode: exitCodes.ok };
  const { apiKey = '', baseUrl } = requiredSettings(linqChannel, settings);
  const all = await linqWebhookSubscriptions({ apiKey, baseUrl }).list();
  const telling = all.filter(
    ({ isActive, events }) => isActive && events.some((event) => event.includes('typing')),
  );
  if (telling.length === 0) {
    const message = 'no webhook reports who is typing';
    const advice = 'If your bot wants to know: typingkit webhooks add <url>';
    return { ...about, state: 'unknown', message, advice };
  }
  const count = telling.length === 1 ? '1 webhook reports' : `${telling.length} webhooks report`;
  return { ...about, state: 'ok', message: `${count} who is typing`, advice: undefined };
}

const marks = {
  ok: styled('green', 'ok     '),
  unknown: styled('yellow', 'unknown'),
  failed: styled('red', 'failed '),
} as const;

function inLines({ channel, vendor, state, message, advice }: Finding): string[] {
  const where = `${channel} (${vendor})`;
  return [
    `${marks[state]} ${where}: ${message}`,
    ...(advice === undefined ? [] : [`        ${advice}`]),
  ];
}
