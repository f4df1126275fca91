import { z } from 'zod';
import { type Answer, type Call, endpoint, type Endpoint } from './endpoint.ts';
import {
  diagnosis,
  schemaCalled,
  session,
  sessionList,
  targets,
  timeoutMs,
  wishes,
} from './schemas.ts';
import { sessionView, snapshotView } from './session-view.ts';
import { Problem } from '../problems/problem.ts';
import type { FoundSession } from '../sessions/session-desk.ts';

const mostListed = 1_000;
const usuallyListed = 100;

const listSessions = endpoint({
  method: 'get',
  path: '/v1/sessions',
  name: 'listSessions',
  summary: 'List the sessions that are alive in this process',
  query: z.strictObject({
    limit: z.coerce
      .number<string>()
      .pipe(z.int().min(0).max(mostListed))
      .optional()
      .describe(`How many to list. Default: ${usuallyListed}.`),
    channel: z.string().max(100).optional(),
    label: z.string().max(200).optional(),
    conversation: z.string().max(100).optional().describe('As in a session.'),
    targets,
  }),
  answer: { status: 200, description: 'The oldest sessions first.', schema: sessionList },
  handle({ query, served }) {
    const { desk, masks } = served;
    const { channel, conversation, label, limit = usuallyListed } = query;
    const all = desk.list.all();
    const isAsked = channel !== undefined || conversation !== undefined || label !== undefined;
    const matching = isAsked
      ? all.filter(
          (each) =>
            (channel === undefined || each.channel === channel) &&
            (label === undefined || each.label === label) &&
            (conversation === undefined ||
              masks.of(each.channel, each.conversation) === conversation),
        )
      : all;
    const sessions = matching
      .slice(0, limit)
      .map((each) => snapshotView(served, each, query.targets));
    return ok({ total: matching.length, alive: all.length, sessions });
  },
});

const getSession = endpoint({
  method: 'get',
  path: '/v1/sessions/{id}',
  name: 'getSession',
  summary: 'See one session, also for a while after it has ended',
  query: z.strictObject({ targets }),
  answer: { status: 200, description: 'The session.', schema: session },
  problems: ['no-such-session'],
  handle({ path, query, served }) {
    const found = served.desk.find(idIn(path));
    const snapshot = found.ended ? undefined : served.desk.list.find(found.id);
    return ok(
      snapshot ? snapshotView(served, snapshot, query.targets) : sessionView(served, found),
    );
  },
});

const touchSession = endpoint({
  method: 'post',
  path: '/v1/sessions/{id}/touch',
  name: 'touchSession',
  summary: 'Say that the work makes progress: idleTimeoutMs counts from now',
  ...ofAlive(),
  handle: (call) => changed(call, ({ handle }) => handle?.touch()),
});

const sessionMessageSent = endpoint({
  method: 'post',
  path: '/v1/sessions/{id}/message-sent',
  name: 'sessionMessageSent',
  summary: 'Say that a message went out: the indicator returns after a second',
  ...ofAlive(),
  handle: (call) => changed(call, ({ handle }) => handle?.messageSent()),
});

const updateSession = endpoint({
  method: 'patch',
  path: '/v1/sessions/{id}',
  name: 'updateSession',
  summary: 'Say what the work is doing now',
  ...ofAlive(),
  body: schemaCalled('Update', z.strictObject(wishes)),
  problems: ['no-such-session', 'session-ended', 'session-elsewhere'],
  handle: (call) =>
    changed(call, ({ handle }) => {
      if (!handle?.update) throw new Problem('session-elsewhere');
      handle.update(call.body);
    }),
});

const pauseSession = endpoint({
  method: 'post',
  path: '/v1/sessions/{id}/pause',
  name: 'pauseSession',
  summary: 'Take the indicator down while a person is asked; an hour at most',
  ...ofAlive(),
  problems: ['no-such-session', 'session-ended', 'session-elsewhere'],
  handle: (call) => changed(call, (found) => call.served.desk.pause(found)),
});

const resumeSession = endpoint({
  method: 'post',
  path: '/v1/sessions/{id}/resume',
  name: 'resumeSession',
  summary: 'Show the indicator again',
  ...ofAlive(),
  problems: ['no-such-session', 'session-ended', 'session-elsewhere'],
  handle: (call) => changed(call, (found) => call.served.desk.resume(found)),
});

const endSession = endpoint({
  method: 'delete',
  path: '/v1/sessions/{id}',
  name: 'endSession',
  summary: 'End the session. The last one of a conversation clears its indicator',
  answer: {
    status: 200,
    description: 'It has ended. A second call changes nothing.',
    schema: session,
  },
  problems: ['no-such-session'],
  async handle({ path, served }) {
    const id = idIn(path);
    await served.desk.find(id).handle?.stop();
    const after = served.desk.find(id);
    return ok(sessionView(served, after));
  },
});

const diagnoseSession = endpoint({
  method: 'post',
  path: '/v1/sessions/{id}/diagnose',
  name: 'diagnoseSession',
  summary: "Find out whether a session's indicator is seen, and if not, why",
  query: z.strictObject({
    timeoutMs: z.coerce.number<string>().pipe(timeoutMs.unwrap()).optional(),
  }),
  answer: { status: 200, description: 'What keeps it from being seen.', schema: diagnosis },
  problems: ['no-such-session', 'session-ended', 'session-elsewhere'],
  async handle({ path, query, served }) {
    const { id, live } = served.desk.findAlive(idIn(path));
    if (!live) throw new Problem('session-elsewhere');
    return ok(await served.typing.diagnose(live.channel, served.desk.targetOf(id), query));
  },
});

/** What can be seen of sessions, and asked about them, without changing anything. */
export const watching: readonly Endpoint[] = [listSessions, getSession, diagnoseSession];

export const changing: readonly Endpoint[] = [
  touchSession,
  sessionMessageSent,
  updateSession,
  pauseSession,
  resumeSession,
  endSession,
];

function ofAlive(): Pick<Endpoint, 'answer' | 'problems'> {
  return {
    answer: { status: 200, description: 'The session as it is now.', schema: session },
    problems: ['no-such-session', 'session-ended'],
  };
}

function changed(
  { path, served }: Call<unknown, unknown>,
  change: (found: FoundSession) => void,
): Answer {
  const found = served.desk.findAlive(idIn(path));
  change(found);
  return ok(sessionView(served, found));
}

function idIn(path: Readonly<Record<string, string>>): string {
  return path['id'] ?? '';
}

function ok(body: object): Answer {
  return { status: 200, body };
}
