import type { NewcomerCall } from './newcomer.ts';
import type { SimulatedVendors } from './simulated-vendors.ts';

/** Something that surprises newcomers. */
export interface NewcomerCase {
  readonly title: string;
  /** Why it is so, in one line. */
  readonly why: string;
  /** Whether the newcomer's Linq key is a wrong one. */
  readonly wrongKey?: true;
  readonly prepare: (vendors: SimulatedVendors) => Promise<PreparedCase>;
}

interface PreparedCase {
  readonly calls: readonly [NewcomerCall, ...NewcomerCall[]];
  /** Whose recipient to ask. */
  readonly conversation: string;
}

export const newcomerCases: readonly NewcomerCase[] = [
  {
    title: 'Inactive chat',
    why: '5 minutes without a message: Linq accepts, shows nothing.',
    prepare: async (vendors) =>
      inChat(await vendors.createChat({ lastSentAgoMs: 600_000, lastReceivedAgoMs: 600_000 })),
  },
  {
    title: 'SMS chat',
    why: 'Linq accepts typing over SMS and RCS, and shows nothing.',
    prepare: async (vendors) => inChat(await vendors.createChat({ service: 'SMS' })),
  },
  {
    title: 'Group, until July',
    why: 'Before August 2026 Linq refused to type in groups.',
    async prepare(vendors) {
      await vendors.configureLinq({ era: 'july' });
      return inChat(await vendors.createChat({ group: true }));
    },
  },
  {
    title: 'Group, since August',
    why: 'Since then it types there.',
    async prepare(vendors) {
      await vendors.configureLinq({ era: 'august' });
      return inChat(await vendors.createChat({ group: true }));
    },
  },
  {
    title: 'Wrong key',
    why: 'Switch on error.code. The key itself is in no error.',
    wrongKey: true,
    prepare: async (vendors) => inChat(await vendors.createChat()),
  },
  {
    title: 'Wrong URN',
    why: 'Webhooks name the thread; typing wants the conversation.',
    async prepare(vendors) {
      const { conversationUrn } = await vendors.createLinkedInConversation();
      const thread = conversationUrn.slice(conversationUrn.lastIndexOf(',') + 1, -1);
      return inConversation(conversationUrn, {
        conversationUrn: `urn:li:messagingThread:${thread}`,
      });
    },
  },
  {
    title: 'Wrong channel',
    why: 'TypeScript does not compile this. At run time:',
    async prepare(vendors) {
      const chat = await vendors.createChat();
      return inChat(chat, 'imesage');
    },
  },
  {
    title: 'No stop',
    why: 'LinkedIn has none. stopTyping says how soon it is gone.',
    async prepare(vendors) {
      const { conversationUrn } = await vendors.createLinkedInConversation();
      const started = inConversation(conversationUrn, { conversationUrn });
      const [start] = started.calls;
      return { ...started, calls: [start, { ...start, verb: 'stopTyping' }] };
    },
  },
  {
    title: 'Another account',
    why: 'ConnectSafely typed as somebody else than we asked for.',
    async prepare(vendors) {
      const { conversationUrn, accountId } = await vendors.createLinkedInConversation();
      const body = { success: true, accountId: 'another-account', conversationUrn };
      const vendor = 'connectsafely';
      await vendors.addFault({ kind: 'status', status: 200, body, vendor, method: 'POST' });
      return inConversation(conversationUrn, { conversationUrn, accountId });
    },
  },
];

function inChat({ chatId }: { readonly chatId: string }, channel = 'imessage'): PreparedCase {
  return { conversation: chatId, calls: [{ verb: 'sendTyping', channel, target: { chatId } }] };
}

function inConversation(conversation: string, target: object): PreparedCase {
  return { conversation, calls: [{ verb: 'sendTyping', channel: 'linkedin', target }] };
}
