import type { VendorName } from '@typingkit/simulator';

/** One channel as the playground shows it. All else it takes from the simulator's table and the provider. */
export interface ChannelRow {
  /** What the page calls it: another one than every other row. */
  readonly name: string;
  /** The channel, where the row is that of a second vendor of it. Default: the name under which the table has the row. */
  readonly channel?: string;
  /** The vendor behind it: its name in the simulator, and on the page. */
  readonly vendor: VendorName;
  readonly vendorName: string;
  /** Values of CSS. `mine` is what the phone's owner wrote. */
  readonly look: {
    readonly colour: string;
    readonly mine: string;
    readonly mineInk: string;
    readonly theirs: string;
    readonly button: string;
    readonly avatar: string;
    readonly corners: 'round' | 'square';
    readonly contact: 'centred' | 'left';
    /** What lies behind the messages. Default: the colour of the screen. */
    readonly wallpaper?: string;
    /** `rows`: they stand below each other, each with its author. Default: `bubbles`, on two sides. */
    readonly messages?: 'bubbles' | 'rows';
    /**
     * Where the dots are. `line`: below the messages, before the bot's name. `header`: at the top, below its name.
     * Default: `bubble`, among the messages.
     */
    readonly typing?: 'bubble' | 'line' | 'header';
  };
  /** The fields of a target that are always there. */
  readonly targetFields: readonly [string, ...string[]];
  /** Their types in TypeScript. Default: `string`. */
  readonly fieldTypes?: Readonly<Record<string, string>>;
  /** The variable of the environment that holds the key, and the simulator's key, which is no secret. */
  readonly key: { readonly variable: string; readonly simulated: string };
  /** By what the bot hears that the person types, where the vendor tells. */
  readonly hearsBy?: string;
  /** The kinds of chat that the phone can show; the first one to begin with. */
  readonly chats: readonly [ChatKind, ...ChatKind[]];
  /** What else can be switched at the vendor. */
  readonly switches: readonly VendorSwitch[];
}

/** A kind of chat. */
interface ChatKind {
  readonly value: string;
  readonly text: string;
  /** What `createConversation` of the simulated vendor is given. */
  readonly options: Readonly<Record<string, unknown>>;
  /** Whether nothing is seen in it, or not always: the code on the screen then asks why. Default: `false`. */
  readonly isOdd?: boolean;
  /** Whether a message of the bot makes it an ordinary one, so that each turn needs a new one. Default: `false`. */
  readonly endsWithMessage?: boolean;
}

/** A setting of the simulated vendor. */
interface VendorSwitch {
  readonly setting: string;
  readonly label: string;
  readonly hint?: string;
  readonly first: string;
  readonly options: readonly { readonly value: string; readonly text: string }[];
}
