import type { Dispatcher } from 'undici';
import { largestBodyBytes } from '../http/read-body.ts';
import type { WireAnswer } from '../http/wire-exchange.ts';
import type { LazySignal } from '../time/deadline.ts';
import { decodeBody } from './decode-body.ts';
import { DirectAnswer, type ReceivedHeaders } from './direct-answer.ts';

/**
 * Makes one answer of what undici's dispatcher tells, without a stream in between.
 *
 * @see https://undici.nodejs.org/#/docs/api/Dispatcher?id=parameter-dispatchhandler
 */
export class AnswerHandler implements Dispatcher.DispatchHandler {
  readonly #abort: LazySignal;
  readonly #resolve: (answer: DirectAnswer) => void;
  readonly #reject: (reason: unknown) => void;
  #controller: Dispatcher.DispatchController | undefined = undefined;
  #status = 0;
  #headers: ReceivedHeaders = {};
  readonly #chunks: Uint8Array[] = [];
  #bytes = 0;

  constructor(
    abort: LazySignal,
    resolve: (answer: DirectAnswer) => void,
    reject: (reason: unknown) => void,
  ) {
    this.#abort = abort;
    this.#resolve = resolve;
    this.#reject = reject;
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    // A request that HTTP/2 sends anew, on another connection, starts twice.
    const isFirst = this.#controller === undefined;
    this.#controller = controller;
    if (isFirst) this.#abort.onAbort(() => this.#controller?.abort(new Error('It was given up.')));
  }

  onResponseStart(_: unknown, status: number, headers: ReceivedHeaders): void {
    // Whatever comes before the answer itself is none: https://www.rfc-editor.org/rfc/rfc9110#status.1xx
    if (status < 200) return;
    this.#status = status;
    this.#headers = headers;
  }

  onResponseData(controller: Dispatcher.DispatchController, chunk: Uint8Array): void {
    this.#bytes += chunk.byteLength;
    if (this.#bytes <= largestBodyBytes) {
      this.#chunks.push(chunk);
      return;
    }
    this.#answer(undefined);
    controller.abort(new Error('The answer is too large.'));
  }

  onResponseEnd(): void {
    try {
      this.#answer(this.#text());
    } catch (reason) {
      this.#answer(undefined, { reason });
    }
  }

  onResponseError(_: unknown, reason: unknown): void {
    if (this.#status === 0) this.#reject(reason);
    else this.#answer(undefined, { reason });
  }

  #text(): string | undefined {
    if (this.#chunks.length === 0) return '';
    const encoding = [this.#headers['content-encoding'] ?? []].flat().join(',');
    const decoder = new TextDecoder();
    if (encoding) return decoder.decode(decodeBody(this.#wholeBody(), encoding));
    const parts = this.#chunks.map((chunk) => decoder.decode(chunk, { stream: true }));
    return parts.join('') + decoder.decode();
  }

  #wholeBody(): Uint8Array {
    const body = new Uint8Array(this.#bytes);
    let place = 0;
    for (const chunk of this.#chunks) {
      body.set(chunk, place);
      place += chunk.byteLength;
    }
    return body;
  }

  #answer(text: string | undefined, brokenBy?: WireAnswer['brokenBy']): void {
    this.#resolve(new DirectAnswer(this.#status, this.#headers, text, brokenBy));
  }
}
