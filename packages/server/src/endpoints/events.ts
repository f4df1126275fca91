import { z } from 'zod';
import { eventStream } from '../events/event-stream.ts';
import { Problem } from '../problems/problem.ts';
import { endpoint, type Endpoint } from './endpoint.ts';
import { eventView } from './event-view.ts';
import { targets } from './schemas.ts';

const mostReaders = 100;

export const streamEvents: Endpoint = endpoint({
  method: 'get',
  path: '/v1/events',
  name: 'streamEvents',
  summary: 'Hear what happens, as server-sent events',
  description:
    'Each event is one object of JSON: number, at, type, channel, provider, conversation and what belongs to its type. A comment is sent every 15 seconds. An event of the type lost says how many were missed.',
  query: z.strictObject({
    after: z.coerce
      .number<string>()
      .pipe(z.int().min(0))
      .optional()
      .describe(
        'Begin behind the event of this number; 0 for everything that is kept. Default: the header Last-Event-ID, else now.',
      ),
    channel: z.string().max(100).optional(),
    conversation: z.string().max(100).optional().describe('As in a session.'),
    session: z.string().max(200).optional().describe('Only what names this session.'),
    targets,
  }),
  answer: { status: 200, description: 'A stream without end.', contentType: 'text/event-stream' },
  problems: ['too-many-readers'],
  handle({ header, query, served }) {
    const { closing, events, masks } = served;
    if (events.readers >= mostReaders) throw new Problem('too-many-readers');
    const { channel, conversation, session } = query;
    const lastSeen = Number(header('last-event-id') ?? Number.NaN);
    const after = query.after ?? (Number.isInteger(lastSeen) ? lastSeen : events.newest);
    return eventStream({
      log: events,
      after: Math.min(Math.max(0, after), events.newest),
      closing,
      show({ event, ...logged }) {
        if (channel !== undefined && event.channel !== channel) return undefined;
        if (session !== undefined && !('sessionId' in event && event.sessionId === session))
          return undefined;
        if (conversation !== undefined) {
          const name = masks.of(event.channel, event.conversation ?? '');
          if (event.conversation === undefined || name !== conversation) return undefined;
        }
        return eventView(served, { event, ...logged }, query.targets);
      },
    });
  },
});
