import { randomBytes } from 'node:crypto';
import { createRequire } from 'node:module';
import path from 'node:path';
import type {
  BubbleInterval,
  Fault,
  LinkedInConversation,
  LinqChat,
  LinqChatOptions,
  LinqSettings,
  LoggedRequest,
  SimulatorAddresses,
  WebhookDelivery,
} from '@typingkit/simulator';
import type { SlackTarget, TelegramTarget } from 'typingkit';
import { startChild } from './child.ts';

/** What the recipient of one conversation sees. */
export interface RecipientView {
  readonly nowMs: number;
  readonly visible: boolean;
  readonly intervals: readonly BubbleInterval[];
}

/** A simulated conversation, and what `viewOf` knows it by. */
interface Named<Target> {
  readonly id: string;
  readonly target: Target;
}

/** The vendors, in a process of their own, and what can be asked of them from behind. */
export interface SimulatedVendors {
  /** This process's environment, with the simulated vendors in the place of the real ones. */
  readonly environment: NodeJS.ProcessEnv;
  createChat(options?: LinqChatOptions): Promise<LinqChat>;
  createLinkedInConversation(): Promise<LinkedInConversation>;
  createTelegramChat(): Promise<Named<TelegramTarget>>;
  createSlackThread(): Promise<Named<SlackTarget>>;
  /** Sends Linq's events about typing to a URL, signed with the secret that is in `environment`. */
  tellWhoTypes(targetUrl: string): Promise<unknown>;
  personTypes(chatId: string, state: 'started' | 'stopped'): Promise<unknown>;
  webhookDeliveries(): Promise<readonly WebhookDelivery[]>;
  configureLinq(change: Partial<LinqSettings>): Promise<unknown>;
  addFault(fault: Fault): Promise<unknown>;
  clearFaults(): Promise<unknown>;
  requestsTo(conversation: string): Promise<readonly LoggedRequest[]>;
  requests(): Promise<readonly LoggedRequest[]>;
  forgetRequests(): Promise<unknown>;
  viewOf(conversation: string): Promise<RecipientView>;
  nowMs(): Promise<number>;
  advance(milliseconds: number): Promise<unknown>;
  stop(): Promise<void>;
}

/** Starts the command `typingkit-simulator`. Its time is that of this machine until `advance`. */
export async function startSimulatedVendors(): Promise<SimulatedVendors> {
  const child = startChild('The simulator', commandFile(), ['--with-parent'], process.env);
  const line = await child.lines.next();
  if (line.done) {
    await child.ended;
    throw new Error('The simulator ended before it was ready.');
  }
  const { controlUrl, vendors }: SimulatorAddresses = JSON.parse(line.value);

  // The control surface is the simulator's own, so its README is trusted for the shape of the answers.
  const ask = async <Answer>(method: string, route: string, body?: unknown): Promise<Answer> => {
    const response = await fetch(`${controlUrl}${route}`, {
      method,
      ...(body === undefined
        ? {}
        : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
    }).catch(() => {
      throw new Error('The simulator does not answer any more.');
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`The simulator refused ${method} ${route}: ${text}`);
    return JSON.parse(text === '' ? 'null' : text);
  };
  const signingSecret = `whsec_${randomBytes(32).toString('base64')}`;
  const requests = async (query = ''): Promise<readonly LoggedRequest[]> =>
    (await ask<{ requests: readonly LoggedRequest[] }>('GET', `/requests${query}`)).requests;

  return {
    environment: {
      ...withoutVendors(process.env),
      ...vendors.linq.environment,
      ...vendors.connectsafely.environment,
      ...vendors.telegram.environment,
      ...vendors.slack.environment,
      LINQ_WEBHOOK_SECRET: signingSecret,
    },
    createChat: (options = {}) => ask('POST', '/linq/conversations', options),
    createLinkedInConversation: () => ask('POST', '/connectsafely/conversations'),
    createTelegramChat: () => ask('POST', '/telegram/conversations'),
    createSlackThread: () => ask('POST', '/slack/conversations'),
    tellWhoTypes: (targetUrl) => ask('POST', '/linq/webhooks', { targetUrl, signingSecret }),
    personTypes: (chatId, state) =>
      ask('POST', `/linq/conversations/${chatId}/person-types`, { state }),
    async webhookDeliveries() {
      type Answer = { readonly deliveries: readonly WebhookDelivery[] };
      return (await ask<Answer>('GET', '/linq/webhooks/deliveries')).deliveries;
    },
    configureLinq: (change) => ask('PATCH', '/linq/settings', change),
    addFault: (fault) => ask('POST', '/faults', fault),
    clearFaults: () => ask('DELETE', '/faults'),
    requestsTo: (conversation) => requests(about(conversation)),
    requests: () => requests(),
    forgetRequests: () => ask('DELETE', '/requests'),
    viewOf: (conversation) => ask('GET', `/view${about(conversation)}`),
    nowMs: async () => (await ask<{ nowMs: number }>('GET', '/clock')).nowMs,
    advance: (milliseconds) => ask('POST', '/clock/advance', { milliseconds }),
    stop: () => child.stop(),
  };
}

function about(conversation: string): string {
  return `?conversation=${encodeURIComponent(conversation)}`;
}

function commandFile(): string {
  const require = createRequire(import.meta.url);
  const manifestFile = require.resolve('@typingkit/simulator/package.json');
  const manifest: { bin: { 'typingkit-simulator': string } } = require(manifestFile);
  return path.join(path.dirname(manifestFile), manifest.bin['typingkit-simulator']);
}

// Real keys have no business in a simulation, and a real account id would type as somebody the simulator does not know.
function withoutVendors(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const kept = Object.entries(environment).filter(
    ([name]) => !/^(LINQ|CONNECTSAFELY|TELEGRAM|SLACK)_/.test(name),
  );
  return Object.fromEntries(kept);
}
