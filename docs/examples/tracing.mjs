// Sends Sluice's spans to a collector by OTLP: see docs/tracing.md.
import { context, trace } from "@opentelemetry/api";
import { AsyncLocalStorageContextManager } from "@opentelemetry/context-async-hooks";
import { OTLPTraceExporter } from "@opentelemetry/exporter-trace-otlp-http";
import { resourceFromAttributes } from "@opentelemetry/resources";
import {
  BatchSpanProcessor,
  ParentBasedSampler,
  TraceIdRatioBasedSampler,
  TracerProvider,
} from "@opentelemetry/sdk-trace";

const { TRACE_RATIO = "1", OTEL_SERVICE_NAME = "sluice" } = process.env;

const provider = new TracerProvider({
  resource: resourceFromAttributes({ "service.name": OTEL_SERVICE_NAME, "service.instance.id": String(process.pid) }),
  // TRACE_RATIO is the part of the traces that begin here which is recorded. What a caller has decided is kept.
  sampler: new ParentBasedSampler({ root: new TraceIdRatioBasedSampler(Number(TRACE_RATIO)) }),
  // OTEL_EXPORTER_OTLP_ENDPOINT is the address of the collector; default: http://localhost:4318.
  spanProcessors: [new BatchSpanProcessor({ exporter: new OTLPTraceExporter(), scheduledDelayMillis: 1_000 })],
});

// Without it, spans would not find their parents. Sluice calls `forceFlush` of the provider before its process ends.
context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
trace.setGlobalTracerProvider(provider);
