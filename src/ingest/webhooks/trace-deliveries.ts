import type { NewEvent } from "../../events/event.ts";
import { isTracing, openSpan, type OpenSpan, type SpanOptions, traced } from "../../runtime/tracing.ts";
import type { Source } from "../../sources/source.ts";
import type { Outcome } from "../../store/entities/observation.ts";
import type { DueDelivery } from "./due-deliveries.ts";

/** Traces of a set of deliveries while it is applied. */
export interface DeliveryTraces {
  /** Header that continues the trace of one delivery; undefined: that of the set. */
  traceparentOf(deliveryId: string | undefined): string | undefined;
}

const OF_THE_SET: DeliveryTraces = { traceparentOf: () => undefined };

/**
 * Applies a set of deliveries in a span. A set whose deliveries have one trace continues it. Otherwise the set has a
 * trace of its own, with links to theirs, and each delivery a span in its own trace: so every trace reaches its events.
 */
export async function traceDeliveries<T>(
  source: Source,
  deliveries: readonly DueDelivery[],
  apply: (traces: DeliveryTraces) => Promise<T>,
): Promise<T> {
  if (!isTracing) return await apply(OF_THE_SET);
  const causes = deliveries.map(({ traceparent }) => traceparent ?? undefined);
  const attributes = { "messaging.batch.message_count": deliveries.length };
  return await traced(
    () => spanOf("apply deliveries", source, { causes, attributes }),
    async ({ traceparent }) => {
      if (new Set(causes).size <= 1) return await apply(OF_THE_SET);
      const spans = openSpans(source, deliveries, traceparent);
      try {
        const result = await apply({
          traceparentOf: (id) => (id === undefined ? undefined : spans.get(id)?.traceparent),
        });
        for (const span of spans.values()) span.end();
        return result;
      } catch (reason) {
        for (const span of spans.values()) span.end(reason);
        throw reason;
      }
    },
  );
}

function openSpans(source: Source, deliveries: readonly DueDelivery[], set: string | undefined): Map<string, OpenSpan> {
  const traced = deliveries.filter(({ traceparent }) => traceparent !== null);
  return new Map(
    traced.map(({ id, traceparent }) => [
      id,
      openSpan(() =>
        spanOf("apply delivery", source, {
          causes: [traceparent ?? undefined],
          links: [set],
          attributes: { "messaging.message.id": id },
        }),
      ),
    ]),
  );
}

/** Source: OpenTelemetry, "Semantic conventions for messaging spans" */
function spanOf(name: string, { id, connector }: Source, options: Omit<SpanOptions, "name">): SpanOptions {
  return {
    ...options,
    name,
    kind: "CONSUMER",
    attributes: {
      "messaging.system": "sluice",
      "messaging.operation.type": "process",
      "messaging.destination.name": "deliveries",
      "sluice.source.id": id,
      "sluice.connector": connector.name,
      ...options.attributes,
    },
  };
}

/** Adds to events the traces of the deliveries that have caused them. */
export function withTraces(
  events: readonly NewEvent[],
  { traceparentOf }: DeliveryTraces,
  outcomes: readonly Outcome[] = [],
): readonly NewEvent[] {
  if (!isTracing) return events;
  const deliveries = new Map(outcomes.map(({ observation: { id, raw } }) => [id, raw.deliveryId]));
  return events.map((event) => {
    const traceparent = traceparentOf(deliveryOf(event, deliveries));
    return traceparent === undefined ? event : { ...event, traceparent };
  });
}

function deliveryOf({ body }: NewEvent, deliveries: ReadonlyMap<string, string | undefined>): string | undefined {
  if ("deliveryId" in body) return body.deliveryId;
  return "entityId" in body ? deliveries.get(body.entityId) : undefined;
}
