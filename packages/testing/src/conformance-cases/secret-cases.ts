import assert from 'node:assert/strict';
import { inspect } from 'node:util';
import type { ConformanceCase, ConformanceContext } from '../conformance-case.ts';
import type { VendorBehaviour } from '../loopback-vendor.ts';
import { settled } from '../outcome.ts';
import { diagnosisFacts, diagnosisWith, operationsOf, startOf } from '../operation.ts';
import type { AnyFacts, WireAnswer } from '../provider-facts.ts';
import { broken, spellingsOf, tracesOf } from '../spellings-of.ts';
import { changed, textsIn } from '../texts-in.ts';
import { successStatus } from './hostile-answer-cases.ts';

const marker = 'conformance-body-marker';
const padding = 'padding '.repeat(300);

/** That no key, no header and no whole body gets into an error or a receipt, and no recipient into a message. */
export const secretCases: readonly ConformanceCase[] = [
  {
    title: 'keeps the key out of the error of an answer that quotes it',
    async run(context) {
      for (const error of await errorsOfEchoes(context, credentialsOf(context))) {
        assertHidden(everythingOf(error), credentialsOf(context), 'the key or its header');
      }
    },
  },
  {
    title: 'keeps recipients out of the message of an answer that quotes them',
    async run(context) {
      for (const error of await errorsOfEchoes(context, recipientsOf(context.facts))) {
        assertHidden(messageOf(error), recipientsOf(context.facts), 'a recipient');
      }
    },
  },
  {
    title: 'keeps the body of an answer out of its error',
    async run(context) {
      for (const error of await errorsOfEchoes(context, [])) {
        assertHidden(everythingOf(error), [marker], 'the body of the answer');
      }
    },
  },
  {
    title: 'keeps key and recipients out of the error of a connection that fails',
    async run(context) {
      const { vendor, facts } = context;
      const gone = await context.openVendor();
      await gone.close();
      const breaks = {
        ...facts.start.answer,
        status: successStatus(facts),
        ending: 'breaks',
      } as const;
      const trials: readonly [VendorBehaviour, { baseUrl?: string; timeoutMs?: number }][] = [
        ['reset', {}],
        ['reset', { baseUrl: gone.origin }],
        [breaks, {}],
        ['hang', { timeoutMs: 50 }],
      ];
      for (const [behaviour, options] of trials) {
        vendor.behave(behaviour);
        const calls = operationsOf(context, options).map(({ call }) => outcomeOf(call()));
        for (const error of await Promise.all(calls)) {
          assertHidden(everythingOf(error), credentialsOf(context), 'the key or its header');
          assertHidden(messageOf(error), recipientsOf(facts), 'a recipient');
        }
      }
    },
  },
  {
    title: 'quotes no key that it refuses',
    applies: ({ credential }) => credential !== null,
    async run(context) {
      const error = await outcomeOf(
        // One call: a key that no header can carry may be refused when it is given or when it is used.
        (async () =>
          startOf(context, {
            apiKey: changed(context.credential, (text) => `${text}\n`),
          }).call())(),
      );
      assertHidden(everythingOf(error), textsIn(context.credential), 'the key');
    },
  },
  {
    title: 'keeps key and body out of its receipt',
    async run(context) {
      const { vendor, facts } = context;
      const { json } = facts.start.answer;
      const echo = credentialsOf(context).join(' ');
      const isObject = typeof json === 'object' && json !== null && !Array.isArray(json);
      vendor.behave({
        ...facts.start.answer,
        ...(isObject && { json: { ...json, request: echo, marker } }),
        headers: { ...facts.start.answer.headers, 'x-trace-id': 'plain', 'x-echo': echo },
      });
      const receipt = await settled(startOf(context).call());
      assertHidden(
        everythingOf(receipt),
        [...credentialsOf(context), marker],
        'the key or the body',
      );
    },
  },
  {
    title: 'keeps key, recipients and body out of its diagnosis',
    applies: ({ diagnose }) => diagnose !== undefined,
    async run(context) {
      const { vendor, facts } = context;
      const { exchanges } = diagnosisFacts(facts);
      const secrets = [...credentialsOf(context), ...recipientsOf(facts), marker];
      const quoting = exchanges.map(({ method, path, answer }) => {
        const { json } = answer;
        const isObject = typeof json === 'object' && json !== null && !Array.isArray(json);
        const more = isObject ? { ...json, request: secrets.join(' ') } : json;
        return { method, path, answer: { ...answer, json: more } };
      });
      const { call, usual } = diagnosisWith(context, context.create(), { exchanges: quoting });
      vendor.behave(usual);
      assertHidden(
        everythingOf(await settled(call())),
        secrets,
        'the key, a recipient or the body',
      );
    },
  },
];

/** What becomes of each failure when the vendor quotes in it everything it was sent. */
async function errorsOfEchoes(
  context: ConformanceContext,
  secrets: readonly string[],
): Promise<unknown[]> {
  const spellings = secrets.flatMap((secret) => [...spellingsOf(secret), broken(secret)]);
  const generic: readonly WireAnswer[] = [400, 500].flatMap((status) => [
    { status, json: { success: false, error: 'Refused', message: 'Refused', code: 'refused' } },
    { status, json: { error: { code: 1, message: 'Refused', doc_url: 'x' }, trace_id: 'x' } },
  ]);
  // One for each status: what else differs between them does not change how they are read.
  const byStatus = new Map(context.facts.failures.map(({ answer }) => [answer.status, answer]));
  const documented = [...byStatus.values()];
  const answers = [...documented, ...generic].map((answer) =>
    withEcho(answer, spellings.join(' '), secrets.join(' ')),
  );
  const errors: unknown[] = [];
  for (const answer of [
    ...answers,
    asPage(401, spellings.join(' ')),
    asPage(502, spellings.join(' ')),
  ]) {
    context.vendor.behave(answer);
    for (const { call } of operationsOf(context)) errors.push(await outcomeOf(call()));
  }
  return errors;
}

function withEcho(
  { status, headers, json, body }: WireAnswer,
  echo: string,
  header: string,
): WireAnswer {
  const fields = appended(json ?? { error: body ?? '' }, echo);
  const isList = Array.isArray(fields);
  return {
    status,
    headers: { ...headers, 'x-trace-id': header || 'none', 'x-request-id': header || 'none' },
    json: isList ? [...fields, padding, marker] : { ...Object(fields), padding, marker },
  };
}

function asPage(status: number, echo: string): WireAnswer {
  const body = `<html><body>${echo}${padding}${marker}</body></html>`;
  return { status, headers: { 'content-type': 'text/html' }, body };
}

function appended(value: unknown, echo: string): unknown {
  if (typeof value === 'string') return `${value} ${echo}`;
  if (Array.isArray(value)) return value.map((inner) => appended(inner, echo));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key, appended(inner, echo)]),
  );
}

function outcomeOf(call: Promise<unknown>): Promise<unknown> {
  return settled(call.catch((error: unknown) => error));
}

function credentialsOf({ facts, credential }: ConformanceContext): string[] {
  if (credential === null) return [];
  const headers = Object.values(facts.authorization?.(credential) ?? {});
  return [...textsIn(credential), ...headers];
}

function recipientsOf({ hidden, target }: AnyFacts): readonly string[] {
  return hidden ?? textsIn(target);
}

/** All that a log, a reporter or a debugger would print. */
function everythingOf(outcome: unknown): string {
  const all = { depth: null, showHidden: true, maxStringLength: null, maxArrayLength: null };
  const cause = outcome instanceof Error ? outcome.cause : undefined;
  const texts = [inspect(outcome, all), JSON.stringify(outcome), messageOf(outcome)];
  return [...texts, inspect(cause, all), JSON.stringify(cause)].join('\n');
}

function messageOf(outcome: unknown): string {
  // A failure may be what a diagnosis tells, and then its reasons are the messages.
  if (!(outcome instanceof Error)) return JSON.stringify(Object(outcome).reasons ?? []);
  const { message, stack } = outcome;
  return [message, stack, String(outcome)].join('\n');
}

function assertHidden(text: string, secrets: readonly string[], what: string): void {
  const shown = text.toLowerCase();
  const traces = secrets.filter((secret) => secret !== '').flatMap(tracesOf);
  // No diff here: it would print the secret.
  const isRevealed = traces.some((trace) => shown.includes(trace));
  assert(!isRevealed, `${what} can be read from what came back`);
}
