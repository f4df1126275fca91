import { failure } from './error-condition.ts';
import { asElement, attributeOf, type Element, namespaces } from './stanza.ts';
import { type Login, Stream } from './stream.ts';

/** Hears of what nobody asked for, and of the end. */
export interface LinkListener {
  onStanza(stanza: Element): void;
  /** Called once, after `open` has resolved, and not after `close`. */
  onEnd(error: unknown): void;
}

/** One stream, with what waits for answers over it. */
export class Link {
  readonly xml: Stream['xml'];
  /** Rejects when the stream is gone. */
  readonly gone: Promise<never>;
  readonly #stream: Stream;
  readonly #login: Login;
  readonly #answers: Map<string, (stanza: Element) => void>;

  private constructor(
    stream: Stream,
    login: Login,
    gone: Promise<never>,
    answers: Map<string, (stanza: Element) => void>,
  ) {
    this.xml = stream.xml;
    this.gone = gone;
    this.#stream = stream;
    this.#login = login;
    this.#answers = answers;
  }

  /** @param hold gets the stream at once, to say whether the process has to wait for it. */
  static async open(
    login: Login,
    listener: LinkListener,
    hold: (stream: Stream) => void,
  ): Promise<Link> {
    const answers = new Map<string, (stanza: Element) => void>();
    let lose!: (error: unknown) => void;
    const gone = new Promise<never>((_, reject) => {
      lose = reject;
    });
    // Nobody may be waiting.
    gone.catch(() => {});
    const stream = await Stream.open(
      login,
      {
        onStanza(value) {
          const stanza = asElement(value);
          if (!stanza) return;
          const id = attributeOf(stanza, 'id') ?? '';
          const answer = answers.get(id);
          // A person's client may use any id, so requests are no answers.
          const isRequest = ['get', 'set'].includes(attributeOf(stanza, 'type') ?? '');
          if (answer && !isRequest) answer(stanza);
          else listener.onStanza(stanza);
        },
        onEnd(error) {
          lose(error);
          listener.onEnd(error);
        },
      },
      hold,
    );
    return new Link(stream, login, gone, answers);
  }

  /** Where the account lives. */
  get domain(): string {
    return this.#login.jid.split('@')[1] ?? '';
  }

  get timeoutMs(): number {
    return this.#login.timeoutMs;
  }

  send(text: string): void {
    this.#stream.write(text);
  }

  /**
   * Calls `take` with what comes back to a stanza, whether an answer, a refusal or a reflection.
   *
   * @returns stops that.
   */
  onAnswer(id: string, take: (stanza: Element) => void): () => void {
    this.#answers.set(id, take);
    return () => this.#answers.delete(id);
  }

  /**
   * Asks a question, and returns the answer, which may be an error.
   *
   * @param before goes out in front of it, at once.
   */
  async ask(to: string, question: string, namespace: string, before = ''): Promise<Element> {
    const { xml } = this;
    const id = crypto.randomUUID();
    let forget!: () => void;
    const answer = new Promise<Element>((resolve) => {
      forget = this.onAnswer(id, resolve);
    });
    const query = xml('iq', { type: 'get', to, id }, xml(question, { xmlns: namespace }));
    this.send(before + query.toString());
    const late = setTimeout(() => {
      // Whatever else is sent would wait for as long.
      this.#stream.fail(failure('timeout', 'the server did not answer in time'));
    }, this.timeoutMs);
    try {
      return await Promise.race([answer, this.gone]);
    } finally {
      clearTimeout(late);
      forget();
    }
  }

  /** Whether the server is still there: everything sent before `ping` has been handled when it resolves. */
  async ping(before: string): Promise<void> {
    await this.ask(this.domain, 'ping', namespaces.ping, before);
  }

  /** Ends it in order. */
  async close(): Promise<void> {
    await this.#stream.end();
  }
}
