import type { Dispatcher } from 'undici';
import { AnswerHandler } from './answer-handler.ts';
import type { ReceivedHeaders } from './direct-answer.ts';

/**
 * The same for every undici that we support: undici 6 calls a handler by other names. Undici 7 and 8 take the newer
 * names where an object has both.
 *
 * @see https://github.com/nodejs/undici/blob/v6.x/docs/docs/api/Dispatcher.md#parameter-dispatchhandler
 */
export class AnyAnswerHandler extends AnswerHandler {
  #controller: Dispatcher.DispatchController | undefined = undefined;

  onConnect(abort: (reason: Error) => void): void {
    const state = { aborted: false, paused: false, reason: null, rawHeaders: null };
    this.#controller = { ...state, abort, pause: never, resume: never };
    this.onRequestStart(this.#controller);
  }

  onHeaders(status: number, rawHeaders: readonly Uint8Array[]): boolean {
    this.onResponseStart(undefined, status, headersOf(rawHeaders));
    return true;
  }

  onData(chunk: Uint8Array): boolean {
    if (this.#controller) this.onResponseData(this.#controller, chunk);
    return true;
  }

  onComplete(): void {
    this.onResponseEnd();
  }

  onError(reason: unknown): void {
    this.onResponseError(undefined, reason);
  }
}

/** Nobody here holds the flow of an answer. */
function never(): void {}

/** @param rawHeaders names and values in turn. */
function headersOf(rawHeaders: readonly Uint8Array[]): ReceivedHeaders {
  const decoder = new TextDecoder('latin1');
  const headers: Record<string, string | string[]> = {};
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const name = decoder.decode(rawHeaders[index]).toLowerCase();
    const value = decoder.decode(rawHeaders[index + 1]);
    const earlier = headers[name];
    headers[name] = earlier === undefined ? value : [earlier, value].flat();
  }
  return headers;
}
