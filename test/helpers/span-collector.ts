import type { IncomingMessage } from "node:http";
import { buffer } from "node:stream/consumers";
import { startHttpServer } from "./local-server.ts";

/** A span as it was exported. */
export interface ExportedSpan {
  readonly name: string;
  readonly traceId: string;
  readonly spanId: string;
  /** Empty for the first one of a trace. */
  readonly parentSpanId: string;
  /** Source: OTLP, `SpanKind`: 1 internal, 2 server, 3 client, 4 producer, 5 consumer. */
  readonly kind: number;
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly links: readonly { readonly traceId: string; readonly spanId: string }[];
  readonly isFailed: boolean;
  /** Process that made it. */
  readonly pid: number;
}

/** Receives spans by OTLP over HTTP, as a collector does. */
export interface SpanCollector extends AsyncDisposable {
  readonly url: string;
  readonly spans: readonly ExportedSpan[];
  /** Everything that was received, as text. */
  text(): string;
}

interface OtlpValue {
  readonly stringValue?: string;
  readonly intValue?: number;
  readonly doubleValue?: number;
  readonly boolValue?: boolean;
  readonly arrayValue?: unknown;
}
type OtlpAttributes = readonly { readonly key: string; readonly value: OtlpValue }[];

interface OtlpSpan extends Omit<ExportedSpan, "attributes" | "links" | "isFailed" | "parentSpanId" | "pid"> {
  readonly parentSpanId?: string;
  readonly attributes: OtlpAttributes;
  readonly links?: ExportedSpan["links"];
  readonly status: { readonly code?: number };
}

interface OtlpRequest {
  readonly resourceSpans: readonly {
    readonly resource: { readonly attributes: OtlpAttributes };
    readonly scopeSpans: readonly { readonly spans: readonly OtlpSpan[] }[];
  }[];
}

const FAILED = 2;

export async function startSpanCollector(): Promise<SpanCollector> {
  const spans: ExportedSpan[] = [];
  const texts: string[] = [];

  async function receive(request: IncomingMessage): Promise<void> {
    const text = (await buffer(request)).toString();
    texts.push(text);
    for (const { resource, scopeSpans } of (JSON.parse(text) as OtlpRequest).resourceSpans) {
      const pid = Number(recordOf(resource.attributes)["service.instance.id"]);
      spans.push(...scopeSpans.flatMap((scope) => scope.spans.map((span) => exported(span, pid))));
    }
  }

  const server = await startHttpServer((request, response) => {
    receive(request).then(
      () => response.setHeader("content-type", "application/json").end("{}"),
      () => response.writeHead(400).end(),
    );
  });
  return {
    url: server.url,
    spans,
    text: () => texts.join("\n"),
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
}

function exported({ attributes, links = [], status, parentSpanId = "", ...span }: OtlpSpan, pid: number): ExportedSpan {
  return { ...span, parentSpanId, links, attributes: recordOf(attributes), isFailed: status.code === FAILED, pid };
}

function recordOf(attributes: OtlpAttributes): Record<string, unknown> {
  return Object.fromEntries(attributes.map(({ key, value }) => [key, Object.values(value)[0]]));
}
