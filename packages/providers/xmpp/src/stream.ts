import { loadClientLibrary } from './client-library.ts';
import { connectionFailure, failure, refusalOf } from './error-condition.ts';
import { type Held, holdHandle } from './held.ts';
import { asElement, attributeOf, childOf, type Element } from './stanza.ts';

/** Who logs in, and where. */
export interface Login {
  /** Without a resource. */
  readonly jid: string;
  readonly password: string;
  /** `xmpp://host:port`, `xmpps://host:port`, or a domain whose server is looked up. */
  readonly service: string;
  /** How long it may take to connect and to log in, in milliseconds. */
  readonly timeoutMs: number;
}

/** Hears what comes over a stream. */
export interface StreamListener {
  /** Something came in: an element of the library. */
  onStanza(stanza: unknown): void;
  /** The stream is gone, after it was open. Called once, and not after `end`. */
  onEnd(error: unknown): void;
}

type Library = Awaited<ReturnType<typeof loadClientLibrary>>;
type Client = ReturnType<Library['client']>;

interface Socket {
  on?(event: 'error', listener: () => void): unknown;
  destroy?(): unknown;
  setKeepAlive?(isOn: boolean, initialDelayMs: number): unknown;
}

/** How long the server may take to say goodbye, in milliseconds. */
const goodbyeMs = 1_000;
/** After how much silence the system asks whether the other end is still there, in milliseconds. */
const keepAliveMs = 30_000;
const streamManagement = 'urn:xmpp:sm:3';

/** One login: from the connection of the socket to its end. There is no second one: whoever reconnects opens another. */
export class Stream implements Held {
  readonly xml: Library['xml'];
  readonly #client: Client;
  readonly #login: Login;
  readonly #listener: StreamListener;
  #isHeld = true;
  /** Whether nobody is to hear of it any more. */
  #isOver = false;
  /** Whether it failed. */
  #isDead = false;
  #isOpen = false;
  #timer: unknown = undefined;
  #knownSocket: Socket | undefined = undefined;
  /** Why the server is about to end it. */
  #trouble: unknown = undefined;

  private constructor({ client, xml }: Library, login: Login, listener: StreamListener) {
    this.xml = xml;
    this.#login = login;
    this.#listener = listener;
    const { jid, password, service } = login;
    const [username = '', domain = ''] = jid.split('@');
    this.#client = client({
      service,
      domain,
      // One that is taken would end the connection of whoever has it.
      resource: `typingkit-${crypto.randomUUID().slice(0, 8)}`,
      credentials: async (authenticate, mechanisms, _fast, entity) => {
        if (this.#isDead) throw failure('network', 'the connection to the server failed');
        if (!entity.isSecure() && !isLoopback(service)) {
          const reason = 'the server offers no TLS, so the password was not sent';
          throw failure('misconfigured', reason, 'Set service to a server with TLS.');
        }
        const mechanism = mechanisms.find((name) => name !== 'ANONYMOUS') ?? '';
        const agent = xml('user-agent', { id: crypto.randomUUID() });
        await authenticate({ username, password }, mechanism, agent);
      },
    });
    this.#client.timeout = login.timeoutMs;
    // Its own reconnecting would raise nothing again, and its timer would keep the process alive.
    this.#client.reconnect.stop();
    this.#listen();
  }

  /** @param hold gets the stream at once, to say whether the process has to wait for it. */
  static async open(
    login: Login,
    listener: StreamListener,
    hold: (stream: Stream) => void,
  ): Promise<Stream> {
    const stream = new Stream(await loadClientLibrary(), login, listener);
    hold(stream);
    await stream.#open();
    return stream;
  }

  /** Whether the process has to stay alive for it. */
  hold(isHeld: boolean): void {
    this.#isHeld = isHeld;
    this.#applyHold();
  }

  write(text: string): void {
    if (this.#isOver) return;
    this.#client.write(text).catch((error: unknown) => this.fail(error));
  }

  /** Takes it for dead. */
  fail(error: unknown): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#isDead = true;
    this.#socket?.destroy?.();
    this.#onOver(connectionFailure(error));
  }

  /** Ends it in order. */
  async end(): Promise<void> {
    if (!this.#isOpen) this.fail(failure('stopped', 'the provider is closed'));
    if (this.#isOver) return;
    this.#isOver = true;
    this.hold(true);
    this.#client.timeout = goodbyeMs;
    await this.#client.stop().catch(() => {});
    this.#socket?.destroy?.();
  }

  #onOver: (error: unknown) => void = () => {};

  async #open(): Promise<void> {
    const client = this.#client;
    const { timeoutMs, service, jid } = this.#login;
    await new Promise<void>((resolve, reject) => {
      const timer = setTimeout(
        () => this.fail(failure('timeout', 'the server did not answer in time')),
        timeoutMs,
      );
      this.#timer = timer;
      this.#applyHold();
      const over = (): void => {
        clearTimeout(timer);
        this.#timer = undefined;
      };
      this.#onOver = (error) => {
        over();
        reject(error);
      };
      client.once('online', () => {
        over();
        this.#isOpen = true;
        this.#onOver = (error) => this.#listener.onEnd(error);
        resolve();
      });
      const connect = async (): Promise<void> => {
        await client.connect(service);
        client.Parser = forgiving(client.Parser);
        await client.open({ domain: jid.split('@')[1] ?? '' });
      };
      connect().catch((error: unknown) => this.fail(error));
    });
    this.#socket?.setKeepAlive?.(true, keepAliveMs);
  }

  #listen(): void {
    const client = this.#client;
    // Before the library sees it. With stream management it asks for receipts, by a timer that keeps the process alive.
    client.prependListener('element', (element: Features) => {
      if (isStreamElement(element, 'features')) removeStreamManagement(element);
      // It would follow, and send the password there.
      const isMoved = isStreamElement(element, 'error') && childOf(element, 'see-other-host');
      if (isMoved) this.fail(refusalOf('stream', 'see-other-host'));
    });
    client.on('stanza', (stanza) => {
      if (this.#isOpen && !this.#isOver) this.#listener.onStanza(stanza);
    });
    client.on('status', () => {
      if (this.#isDead) this.#socket?.destroy?.();
      else this.#applyHold();
    });
    client.on('error', (error: unknown) => {
      if (!this.#isOpen) this.fail(error);
      else if (isFatal(error)) this.#trouble ??= error;
    });
    client.on('disconnect', () => this.fail(this.#trouble));
  }

  #applyHold(): void {
    const socket = this.#socket;
    if (socket !== this.#knownSocket) {
      this.#knownSocket = socket;
      // The library stops listening before a socket has said everything.
      socket?.on?.('error', () => {});
    }
    holdHandle(this.#timer, this.#isHeld);
    holdHandle(this.#socket, this.#isHeld);
  }

  /** The socket of the system: some are wrapped. */
  get #socket(): Socket | undefined {
    const outer: unknown = this.#client.socket;
    const inner: unknown = Object(outer).socket ?? outer;
    return typeof inner === 'object' && inner !== null ? inner : undefined;
  }
}

/**
 * A parser that may find more than one error. The library stops listening with the first one, and an error that nobody hears
 * ends the process.
 */
function forgiving(Parser: Client['Parser']): Client['Parser'] {
  if (!Parser) return Parser;
  return class extends Parser {
    constructor() {
      super();
      this.on('error', () => {});
    }
  };
}

/** Whether a stream ends with it. Anything else is one stanza that the library could not handle. */
function isFatal(error: unknown): boolean {
  const { name, code }: Partial<Record<'name' | 'code', unknown>> = Object(error);
  return name === 'StreamError' || name === 'XMLError' || typeof code === 'string';
}

/** Whether nobody else can listen on the way. */
function isLoopback(service: string): boolean {
  return /^(?:xmpps?:\/\/)?(?:localhost|127(?:\.\d+){3}|\[::1\])(?::\d+)?$/.test(service);
}

interface Features extends Element {
  children: unknown[];
}

function isStreamElement({ name }: Element, kind: 'features' | 'error'): boolean {
  return name === `stream:${kind}`;
}

/** Wherever it is offered: as a feature, or within another one. */
function removeStreamManagement(features: Features): void {
  features.children = features.children.filter((child) => {
    const inner = asElement(child);
    if (!inner) return true;
    // It is one of the library's.
    removeStreamManagement(child as Features);
    return [attributeOf(inner, 'xmlns'), attributeOf(inner, 'var')].every(
      (namespace) => namespace !== streamManagement,
    );
  });
}
