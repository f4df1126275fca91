import {
  type Attributes,
  type Context,
  context as activeContext,
  isSpanContextValid,
  type Span,
  SpanKind,
  SpanStatusCode,
  trace,
  type Tracer,
} from '@opentelemetry/api';
import type { TypingEvent } from '@typingkit/core';

/** A session that is alive. */
interface SessionSpan {
  readonly span: Span;
  readonly context: Context;
  readonly channel: string;
  readonly conversation: string;
}

/** How many sessions that have ended are kept for their stops. */
const mostEnded = 1_000;

/**
 * Spans of sessions, and of what was sent for them. `opened` is told before `keep` returns, so that a session joins the
 * caller's trace. What is sent for a conversation belongs to its newest session; what was sent for none is a one-shot
 * call, and joins the trace of its caller.
 */
export class TypingSpans {
  readonly #tracer: Tracer;
  readonly #hasRefreshes: boolean;
  readonly #sessions = new Map<string, SessionSpan>();
  /** The newest session of each conversation, by channel; for a while also after its end, because the stop comes later. */
  readonly #newest = new Map<string, Map<string, SessionSpan>>();

  /** Those that have ended, the oldest first. */
  readonly #ended = new Set<SessionSpan>();

  constructor(tracer: Tracer, hasRefreshes: boolean) {
    this.#tracer = tracer;
    this.#hasRefreshes = hasRefreshes;
  }

  see(event: TypingEvent): void {
    switch (event.type) {
      case 'refreshed':
        if (this.#hasRefreshes) this.#exchange('typing.refresh', event);
        break;
      case 'started':
        this.#exchange('typing.start', event);
        break;
      case 'cleared':
        this.#exchange('typing.stop', event);
        break;
      case 'failed':
        this.#exchange(`typing.${event.operation}`, event);
        break;
      case 'opened':
        this.#open(event);
        break;
      case 'closed':
        this.#end(event.sessionId, event.reason);
        break;
      case 'paused':
      case 'continued':
      case 'fallback':
        this.#sessions.get(event.sessionId)?.span.addEvent(`typing.${event.type}`);
        break;
      case 'suspended':
      case 'resumed':
        this.#parentOf(event)?.span.addEvent(`typing.${event.type}`);
        break;
      case 'coalesced':
      case 'skipped':
      case 'expired':
      case 'not-shown':
      case 'fallback-failed':
      case 'inbound-dropped':
        break;
    }
  }

  /** Ends the spans of sessions that are alive: nobody would end them later. */
  close(): void {
    for (const id of this.#sessions.keys()) this.#end(id, undefined);
  }

  #open({ channel, conversation = '', label, provider, sessionId }: EventOf<'opened'>): void {
    const parent = activeContext.active();
    const attributes = { ...placeOf({ channel, provider }), 'typing.session.label': label };
    const span = this.#tracer.startSpan('typing.session', { attributes }, parent);
    // There is no SDK.
    if (!isSpanContextValid(span.spanContext())) return;
    const entry = { span, context: trace.setSpan(parent, span), channel, conversation };
    this.#sessions.set(sessionId, entry);
    const ofChannel = this.#newest.get(channel) ?? new Map<string, SessionSpan>();
    this.#newest.set(channel, ofChannel.set(conversation, entry));
  }

  #end(sessionId: string, reason: string | undefined): void {
    const entry = this.#sessions.get(sessionId);
    if (!entry) return;
    const { span } = entry;
    this.#sessions.delete(sessionId);
    this.#ended.add(entry);
    const [oldest] = this.#ended;
    if (oldest && this.#ended.size > mostEnded) this.#forget(oldest);
    if (reason !== undefined) span.setAttribute('typing.session.close_reason', reason);
    if (reason === 'refused') span.setStatus({ code: SpanStatusCode.ERROR });
    span.end();
  }

  #forget(entry: SessionSpan): void {
    this.#ended.delete(entry);
    const ofChannel = this.#newest.get(entry.channel);
    if (ofChannel?.get(entry.conversation) === entry) ofChannel.delete(entry.conversation);
  }

  /** One exchange with a vendor that is over. */
  #exchange(name: string, event: EventOf<'started' | 'refreshed' | 'cleared' | 'failed'>): void {
    const parent = this.#parentOf(event)?.context ?? activeContext.active();
    const endMs = Date.now();
    const attributes: Attributes = placeOf(event);
    if ('traceId' in event && event.traceId !== undefined)
      attributes['typing.vendor.trace_id'] = event.traceId;
    const startTime = endMs - event.durationMs;
    const options = { kind: SpanKind.CLIENT, attributes, startTime };
    const span = this.#tracer.startSpan(name, options, parent);
    if (event.type === 'failed') {
      const { code, status, traceId } = event.error;
      span.setAttributes({
        'error.type': code,
        'http.response.status_code': status,
        'typing.vendor.trace_id': traceId,
      });
      // It holds no secret and no id of a recipient.
      span.setStatus({ code: SpanStatusCode.ERROR, message: event.error.message });
    }
    span.end(endMs);
  }

  #parentOf({ channel, conversation }: TypingEvent): SessionSpan | undefined {
    if (conversation === undefined) return undefined;
    return this.#newest.get(channel)?.get(conversation);
  }
}

type EventOf<Type extends TypingEvent['type']> = Extract<TypingEvent, { readonly type: Type }>;

function placeOf(where: { readonly channel: string; readonly provider: string }): Attributes {
  return { 'typing.channel': where.channel, 'typing.provider': where.provider };
}
