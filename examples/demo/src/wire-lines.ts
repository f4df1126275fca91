import type { LoggedRequest, WebhookDelivery } from '@typingkit/simulator';
import type { Look, Style } from './look.ts';
import { kindOfRequest } from './tracks.ts';
import type { Recording } from './record-conversations.ts';

const vendorNames: Readonly<Record<string, string>> = {
  linq: 'Linq',
  connectsafely: 'ConnectSafely',
  telegram: 'Telegram',
  slack: 'Slack',
};

/** One request, whoever made it. */
interface WireRow {
  readonly atMs: number;
  readonly receiver: string;
  readonly method: string;
  readonly path: string;
  readonly status: number | null;
  readonly style: Style;
}

/** Every request, those to the bot among them, in the order of time. */
export function wireLines({ beganAtMs, conversations }: Recording, look: Look): readonly string[] {
  const rows = conversations
    .flatMap(({ requests, deliveries }) => [
      ...requests.map(rowOfRequest),
      ...deliveries.map(rowOfDelivery),
    ])
    .toSorted((one, other) => one.atMs - other.atMs);
  const paths = rows.map(({ path }) => look.words(path));
  const pathColumns = Math.max(0, ...paths.map((path) => path.length));
  const lines = rows.map(({ atMs, receiver, method, status, style }, index) => {
    const at = `${((atMs - beganAtMs) / 1000).toFixed(2)} s`.padStart(7);
    const path = (paths[index] ?? '').padEnd(pathColumns);
    const answer = status === null ? '-' : String(status);
    return `    ${look.paint('faint', at)}  ${receiver.padEnd(15)}${look.paint(style, method.padEnd(6))}${path}  ${
      style === 'failure' ? look.paint(style, answer) : answer
    }`;
  });
  return [`  ${look.paint('title', 'Over the wire, to')}`, ...lines];
}

function rowOfRequest(request: LoggedRequest): WireRow {
  const { atMs, vendor, method, path, status } = request;
  return {
    atMs,
    receiver: vendor === null ? 'nobody' : (vendorNames[vendor] ?? vendor),
    method,
    path: path.replace(/(?<=\/chats\/.{6})[^/]*/, '…'),
    status,
    style: kindOfRequest(request),
  };
}

function rowOfDelivery({ atMs, targetUrl, eventType, status }: WebhookDelivery): WireRow {
  return {
    atMs,
    receiver: 'the bot',
    method: 'POST',
    path: `${new URL(targetUrl).pathname} ${eventType}`,
    status,
    style: status === 200 ? 'person' : 'failure',
  };
}
