import { z } from "zod";
import { ENTITY_TYPES } from "../domain/ids.ts";
import { FAILURE_CAUSES } from "../domain/error.ts";
import { HEALTH_STATES } from "../domain/health.ts";
import { MATCH_STATES } from "../domain/match-state.ts";
import { EVIDENCE_PACK, RUN, SOURCE, statesOf } from "../domain/lifecycles.ts";
import type { EventBody, LoggedEvent } from "./event.ts";

/** A row of the table `events`. */
export interface EventRow {
  readonly tenant_id: string;
  readonly seq: bigint;
  readonly at: string;
  readonly source_id: string | null;
  readonly kind: string;
  readonly entity_type: string | null;
  readonly entity_id: string | null;
  readonly data: Readonly<Record<string, unknown>>;
  readonly traceparent: string | null;
}

const STATUS = z.enum(statesOf(SOURCE));
const BODY: z.ZodType<EventBody> = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("EntityChanged"),
    change: z.enum(["CREATED", "UPDATED", "DELETED"]),
    entityType: z.enum(ENTITY_TYPES),
    entityId: z.string(),
  }),
  z.object({ kind: z.literal("RunStarted"), runId: z.string() }),
  z.object({
    kind: z.literal("RunProgressed"),
    runId: z.string(),
    stream: z.string(),
    records: z.number(),
    changed: z.number(),
    progress: z.number().nullable(),
  }),
  z.object({
    kind: z.literal("RunFinished"),
    runId: z.string(),
    status: z.enum(RUN.terminal),
  }),
  z.object({ kind: z.literal("DeliveryReceived"), deliveryId: z.string() }),
  z.object({ kind: z.literal("DeliveryParked"), deliveryId: z.string() }),
  z.object({ kind: z.literal("RecordQuarantined"), quarantinedRecordId: z.string() }),
  z.object({
    kind: z.literal("SourceStatusChanged"),
    status: STATUS,
    previous: STATUS,
    reason: z.string().nullable(),
  }),
  z.object({
    kind: z.literal("SourceHealthChanged"),
    state: z.enum(HEALTH_STATES),
    previous: z.enum(HEALTH_STATES),
    cause: z.enum(FAILURE_CAUSES).nullable(),
  }),
  z.object({
    kind: z.literal("PayoutMatchChanged"),
    objectId: z.string(),
    state: z.enum(MATCH_STATES).nullable(),
    previous: z.enum(MATCH_STATES).nullable(),
  }),
  z.object({
    kind: z.literal("EvidencePackFinished"),
    packId: z.string(),
    status: z.enum(EVIDENCE_PACK.terminal),
  }),
  z.object({ kind: z.literal("FindingOpened"), findingId: z.string() }),
  z.object({ kind: z.literal("FindingClosed"), findingId: z.string() }),
  z.object({
    kind: z.literal("BudgetClosed"),
    bucket: z.string(),
    reason: z.enum(["RETRY_AFTER", "QUOTA_USED_UP"]),
    closedUntil: z.string(),
  }),
]);

/**
 * Returns the event of a row. Undefined for a kind that this version does not know: during a rolling upgrade newer
 * processes write to the same log, and an event without a type here cannot be represented.
 */
export function eventOf(row: EventRow): LoggedEvent | undefined {
  const body = BODY.safeParse({
    ...row.data,
    kind: row.kind,
    entityType: row.entity_type ?? undefined,
    entityId: row.entity_id ?? undefined,
  });
  if (!body.success) return undefined;
  return {
    tenantId: row.tenant_id,
    seq: row.seq,
    at: row.at,
    sourceId: row.source_id,
    body: body.data,
    ...(row.traceparent !== null && { traceparent: row.traceparent }),
  };
}
