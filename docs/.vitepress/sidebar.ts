import { entries } from './packages.ts';

/** A page in the sidebar. `text` is its heading, `link` its path without `.md`. */
interface SidebarPage {
  readonly text: string;
  readonly link: string;
}

/** A heading in the sidebar, and the pages under it. */
export interface SidebarSection {
  readonly text: string;
  readonly items: SidebarPage[];
}

function link(text: string, page: string): SidebarPage {
  return { text, link: `/${page}` };
}

/** Every page, in the order in which a user needs them. */
export const sidebar: SidebarSection[] = [
  {
    text: 'Guide',
    items: [
      link('Your first indicator', 'first-indicator'),
      link('Sessions', 'sessions'),
      link('Errors', 'errors'),
      link('Choosing by channel', 'dependency-injection'),
      link('Tenants', 'tenants'),
      link('Is the person typing?', 'inbound'),
      link('Why is nothing seen?', 'diagnose'),
      link('Serverless and edge', 'serverless'),
      link('Sessions over several processes', 'processes'),
      link('A server for any language', 'server'),
      link('Metrics and traces', 'observability'),
      link('CommonJS and Jest', 'commonjs-and-jest'),
      link('Testing your bot', 'testing'),
      link('Production checklist', 'production'),
      link('Adding a channel', 'adding-a-channel'),
      link('One bot on nine channels', 'nine-channels'),
    ],
  },
  {
    text: 'Frameworks',
    items: [
      link('iMessage with Hono or Express', 'frameworks/linq'),
      link('Vercel AI SDK', 'frameworks/ai-sdk'),
      link('OpenAI and LangChain', 'frameworks/openai-and-langchain'),
      link('grammY', 'frameworks/grammy'),
      link('Telegraf', 'frameworks/telegraf'),
      link('Slack with Bolt', 'frameworks/bolt'),
      link('Discord with discord.js', 'frameworks/discord-js'),
      link('Teams with the Agents SDK', 'frameworks/agents-sdk'),
      link('LINE with its SDK', 'frameworks/line'),
      link('Vercel Chat SDK', 'frameworks/chat-sdk'),
      link('Two tenants, five channels, one route', 'frameworks/tsyringe'),
      link('Cloudflare Workers', 'frameworks/cloudflare-workers'),
    ],
  },
  {
    text: 'Channels',
    items: [
      link('What each channel can do', 'providers'),
      link('iMessage, through Linq', 'channels/imessage'),
      link('iMessage, through BlueBubbles', 'channels/imessage-bluebubbles'),
      link('iMessage, through Sendblue', 'channels/imessage-sendblue'),
      link('LinkedIn, through ConnectSafely', 'channels/linkedin'),
      link('LinkedIn, through Unipile', 'channels/linkedin-unipile'),
      link('Discord', 'channels/discord'),
      link('Instagram', 'channels/instagram'),
      link('Matrix', 'channels/matrix'),
      link('LINE', 'channels/line'),
      link('Mattermost', 'channels/mattermost'),
      link('Messenger', 'channels/messenger'),
      link('Microsoft Teams', 'channels/teams'),
      link('Signal', 'channels/signal'),
      link('Slack', 'channels/slack'),
      link('Telegram', 'channels/telegram'),
      link('WhatsApp', 'channels/whatsapp'),
      link('WhatsApp and Apple Messages for Business, through Twilio', 'channels/twilio'),
      link('XMPP', 'channels/xmpp'),
      link('Zulip', 'channels/zulip'),
    ],
  },
  {
    text: 'Deciding',
    items: [
      link('Why not setInterval?', 'why-not-setinterval'),
      link('Beside other libraries', 'comparison'),
      link('Questions', 'faq'),
    ],
  },
  {
    text: 'Tools',
    items: [
      link('The command line', 'cli'),
      link('The inspector', 'inspector'),
      link('The playground', 'playground'),
      link('The fast transport', 'fast-transport'),
    ],
  },
  {
    text: 'Measured',
    items: [
      link('What a call costs', 'benchmarks'),
      link('What sessions cost', 'benchmarks-sessions'),
      link('What sessions over several processes cost', 'benchmarks-processes'),
      link('What the server costs', 'benchmarks-server'),
      link('What a webhook costs', 'benchmarks-webhook'),
      link('The same scenarios on others and on typingkit', 'benchmarks-peers'),
    ],
  },
  { text: 'Inside', items: [link('Architecture', 'architecture')] },
  {
    text: 'Reference',
    items: Object.keys(entries).map((name) => link(name, `reference/${name}`)),
  },
];
