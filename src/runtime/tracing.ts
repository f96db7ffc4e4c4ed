import {
  type Attributes,
  type Context,
  context,
  type Link,
  ProxyTracerProvider,
  ROOT_CONTEXT,
  type Span,
  SpanKind,
  SpanStatusCode,
  trace,
  type Tracer,
} from "@opentelemetry/api";
import { ServiceError } from "../domain/error.ts";
import { waitAtMost } from "./with-timeout.ts";
import { formatTraceparent, parseTraceparent, type TracePosition } from "./traceparent.ts";

/*
 * Spans, made by hand where work begins and ends. An SDK is registered before the service is loaded (`--import`), or
 * never: without one none of these functions creates anything, and each costs one comparison.
 */

/** What a span says before it begins. */
export interface SpanOptions {
  /** One of few: without ids and values, which are attributes. */
  readonly name: string;
  /** Default: INTERNAL. */
  readonly kind?: keyof typeof SpanKind;
  /** No secrets, no amounts, no personal data. Undefined values are left out. */
  readonly attributes?: Attributes;
  /** Header `traceparent` of a request: the span continues its trace, unless a span of this process is active. */
  readonly remote?: unknown;
  /**
   * Headers of what caused work in the background, which belongs to no request. One cause: its trace is continued.
   * Several: the span begins a trace and has links to them. None: it begins a trace.
   */
  readonly causes?: readonly (string | undefined)[];
  /** Spans that had a part in it, as headers. */
  readonly links?: readonly (string | undefined)[];
  /** When the work began, in epoch milliseconds. Default: now. */
  readonly startedAtMs?: number;
}

/** A span while its work runs. */
export interface TracedWork {
  /** Adds attributes; those with the value undefined are left out. */
  set(attributes: Attributes): void;
  rename(name: string): void;
  /** Marks the work as failed with a code. A thrown error does so by itself, with its own. */
  fail(code: string): void;
  /** Header for what continues the trace. Undefined without an SDK. */
  readonly traceparent: string | undefined;
}

/** A span that is ended by its owner. */
export interface OpenSpan extends TracedWork {
  /** Runs work in which the span is active. */
  run<T>(work: () => T): T;
  /** Ends it, failed if a reason is given. */
  end(reason?: unknown): void;
}

/** Greatest number of links of a span, as the limit of OpenTelemetry's SDKs. */
const MAX_LINKS = 128;

const NO_SPAN: OpenSpan = {
  set: () => undefined,
  rename: () => undefined,
  fail: () => undefined,
  run: (work) => work(),
  end: () => undefined,
  traceparent: undefined,
};

const tracer = findTracer();

/** True if an SDK is registered. */
export const isTracing: boolean = tracer !== undefined;

function findTracer(): Tracer | undefined {
  const provider = trace.getTracerProvider();
  if (provider instanceof ProxyTracerProvider && provider.getDelegateTracer("sluice") === undefined) return undefined;
  return trace.getTracer("sluice");
}

/** Lets the SDK send the spans that have ended, before the process does. Resolves at the latest after the time. */
export async function flushSpans(timeoutMs: number): Promise<void> {
  const provider = trace.getTracerProvider();
  // a function of the SDK's providers, which the API does not name
  const delegate = (provider instanceof ProxyTracerProvider ? provider.getDelegate() : provider) as {
    readonly forceFlush?: () => Promise<void>;
  };
  if (delegate.forceFlush === undefined) return;
  await waitAtMost(
    timeoutMs,
    delegate.forceFlush().catch(() => undefined),
  ); // no collector: nothing can be done
}

/** Runs work in a span, which ends with it. @throws what `work` throws */
export function traced<T>(options: () => SpanOptions, work: (span: TracedWork) => Promise<T>): Promise<T> {
  return tracer === undefined ? work(NO_SPAN) : runTraced(options, work);
}

async function runTraced<T>(options: () => SpanOptions, work: (span: TracedWork) => Promise<T>): Promise<T> {
  const span = openSpan(options);
  try {
    const result = await span.run(() => work(span));
    span.end();
    return result;
  } catch (reason) {
    span.end(reason);
    throw reason;
  }
}

/** Runs work in a span only where one is active, so that work without a request or a background task makes no trace. */
export function tracedPart<T>(options: () => SpanOptions, work: () => Promise<T>): Promise<T> {
  if (tracer === undefined || trace.getSpan(context.active())?.isRecording() !== true) return work();
  return traced(options, work);
}

/** Begins a span. The caller ends it. */
export function openSpan(options: () => SpanOptions): OpenSpan {
  if (tracer === undefined) return NO_SPAN;
  const { name, kind = "INTERNAL", attributes = {}, remote, causes, links = [], startedAtMs } = options();
  const caused = positionsOf(causes ?? []);
  const linked = [...(caused.length > 1 ? caused : []), ...positionsOf(links)];
  const parent = causes === undefined ? requestContext(remote) : contextOf(caused.length === 1 ? caused[0] : undefined);
  const span = tracer.startSpan(
    name,
    {
      kind: SpanKind[kind],
      attributes,
      links: linked.slice(0, MAX_LINKS).map((position): Link => ({ context: { ...position, isRemote: true } })),
      ...(startedAtMs !== undefined && { startTime: startedAtMs }),
    },
    parent,
  );
  return wrap(span, trace.setSpan(parent, span));
}

function wrap(span: Span, active: Context): OpenSpan {
  let hasFailed = false;
  const fail = (code: string): void => {
    hasFailed = true;
    markFailed(span, code);
  };
  return {
    set: (attributes) => void span.setAttributes(attributes),
    rename: (name) => void span.updateName(name),
    fail,
    run: (work) => context.with(active, work),
    end(reason) {
      if (reason !== undefined && !hasFailed) fail(ServiceError.from(reason).code);
      span.end();
    },
    traceparent: formatTraceparent(span.spanContext()),
  };
}

/** Distinct positions, in order. */
function positionsOf(headers: readonly (string | undefined)[]): readonly TracePosition[] {
  return [...new Set(headers)].map(parseTraceparent).filter((position) => position !== undefined);
}

function requestContext(remote: unknown): Context {
  const active = context.active();
  return trace.getSpan(active) === undefined ? contextOf(parseTraceparent(remote)) : active;
}

function contextOf(position: TracePosition | undefined): Context {
  return position === undefined ? ROOT_CONTEXT : trace.setSpanContext(ROOT_CONTEXT, { ...position, isRemote: true });
}

/** Marks the active span as failed with a code. */
export function failActiveSpan(code: string): void {
  const span = tracer && trace.getSpan(context.active());
  if (span) markFailed(span, code);
}

/** Without a message, which may name what an upstream answered. */
function markFailed(span: Span, code: string): void {
  span.setAttribute("error.type", code);
  span.setStatus({ code: SpanStatusCode.ERROR });
}

/** Returns the id of the active trace, for the log. */
export function currentTraceId(): string | undefined {
  return tracer && trace.getSpanContext(context.active())?.traceId;
}

/** Returns the header that continues the active span. Undefined without one, and without an SDK. */
export function currentTraceparent(): string | undefined {
  const span = tracer && trace.getSpanContext(context.active());
  return span && formatTraceparent(span);
}

/** Returns the header of a request that is to be stored or passed on: checked, and in our form. */
export function receivedTraceparent(header: unknown): string | undefined {
  const position = parseTraceparent(header);
  return position && formatTraceparent(position);
}

/** Returns a function that runs in the span that is active now, also when it is called from somewhere else. */
export function inCurrentSpan<Args extends unknown[], T>(run: (...args: Args) => T): (...args: Args) => T {
  return tracer === undefined ? run : context.bind(context.active(), run);
}

/** Runs background work outside the span in which it was started. */
export function outsideSpans<T>(work: () => T): T {
  return tracer === undefined ? work() : context.with(ROOT_CONTEXT, work);
}
