import { ServiceError } from "../src/domain/error.ts";
import type { EventFilter } from "../src/events/filter.ts";
import type { EventKind } from "../src/events/event.ts";
import type { StreamItem } from "../src/events/stream-item.ts";
import type {
  BudgetClosedResolvers,
  DeliveryParkedResolvers,
  DeliveryReceivedResolvers,
  EntityChangedResolvers,
  EvidencePackFinishedResolvers,
  FindingClosedResolvers,
  FindingOpenedResolvers,
  PayoutMatchChangedResolvers,
  RecordQuarantinedResolvers,
  RunFinishedResolvers,
  RunProgressedResolvers,
  RunStartedResolvers,
  SourceHealthChangedResolvers,
  SourceStatusChangedResolvers,
  StreamPositionResolvers,
  StreamResetResolvers,
  SubscriptionResolvers,
  SyncEventFilter,
  SyncEventKindResolvers,
  SyncEventResolvers,
} from "./__generated__/types.ts";
import { loadNode } from "./load-node.ts";
import { loadOptional } from "./load-optional.ts";
import type { Principal } from "./principal.ts";
import { holdsScope } from "./require-scope.ts";
import { bodyOf, envelope } from "./sync-event.ts";

export const BudgetClosed: BudgetClosedResolvers = {
  ...envelope,
  bucket: (item) => bodyOf(item, "BudgetClosed").bucket,
  closedReason: (item) => bodyOf(item, "BudgetClosed").reason,
  closedUntil: (item) => bodyOf(item, "BudgetClosed").closedUntil,
};

export const DeliveryParked: DeliveryParkedResolvers = {
  ...envelope,
  delivery: (item, _args, context) => context.loaders.deliveryById.load(bodyOf(item, "DeliveryParked").deliveryId),
};

export const DeliveryReceived: DeliveryReceivedResolvers = {
  ...envelope,
  delivery: (item, _args, context) => context.loaders.deliveryById.load(bodyOf(item, "DeliveryReceived").deliveryId),
};

export const EntityChanged: EntityChangedResolvers = {
  ...envelope,
  change: (item) => bodyOf(item, "EntityChanged").change,
  entityType: (item) => bodyOf(item, "EntityChanged").entityType,
  entityId: (item) => bodyOf(item, "EntityChanged").entityId,
  entity: (item, _args, context) => loadNode(context, { id: bodyOf(item, "EntityChanged").entityId }),
};

export const EvidencePackFinished: EvidencePackFinishedResolvers = {
  ...envelope,
  packId: (item) => bodyOf(item, "EvidencePackFinished").packId,
  packStatus: (item) => bodyOf(item, "EvidencePackFinished").status,
  pack: (item, _args, { loaders }) =>
    loadOptional(loaders.evidencePackById, bodyOf(item, "EvidencePackFinished").packId),
};

export const FindingClosed: FindingClosedResolvers = {
  ...envelope,
  finding: (item, _args, context) => context.loaders.findingById.load(bodyOf(item, "FindingClosed").findingId),
};

export const FindingOpened: FindingOpenedResolvers = {
  ...envelope,
  finding: (item, _args, context) => context.loaders.findingById.load(bodyOf(item, "FindingOpened").findingId),
};

export const PayoutMatchChanged: PayoutMatchChangedResolvers = {
  ...envelope,
  objectId: (item) => bodyOf(item, "PayoutMatchChanged").objectId,
  matchState: (item) => bodyOf(item, "PayoutMatchChanged").state,
  previousMatchState: (item) => bodyOf(item, "PayoutMatchChanged").previous,
  reconciliation: (item, _args, { loaders }) =>
    loadOptional(loaders.reconciliationByObject, bodyOf(item, "PayoutMatchChanged").objectId),
};

export const RecordQuarantined: RecordQuarantinedResolvers = {
  ...envelope,
  record: (item, _args, context) =>
    context.loaders.quarantinedRecordById.load(bodyOf(item, "RecordQuarantined").quarantinedRecordId),
};

export const RunFinished: RunFinishedResolvers = {
  ...envelope,
  run: (item, _args, context) => context.loaders.syncRunById.load(bodyOf(item, "RunFinished").runId),
  status: (item) => bodyOf(item, "RunFinished").status,
};

export const RunProgressed: RunProgressedResolvers = {
  ...envelope,
  run: (item, _args, context) => context.loaders.syncRunById.load(bodyOf(item, "RunProgressed").runId),
  stream: (item) => bodyOf(item, "RunProgressed").stream,
  records: (item) => BigInt(bodyOf(item, "RunProgressed").records),
  changed: (item) => BigInt(bodyOf(item, "RunProgressed").changed),
  progress: (item) => bodyOf(item, "RunProgressed").progress,
};

export const RunStarted: RunStartedResolvers = {
  ...envelope,
  run: (item, _args, context) => context.loaders.syncRunById.load(bodyOf(item, "RunStarted").runId),
};

export const SourceHealthChanged: SourceHealthChangedResolvers = {
  ...envelope,
  health: (item) => bodyOf(item, "SourceHealthChanged").state,
  previousHealth: (item) => bodyOf(item, "SourceHealthChanged").previous,
  cause: (item) => bodyOf(item, "SourceHealthChanged").cause,
};

export const SourceStatusChanged: SourceStatusChangedResolvers = {
  ...envelope,
  sourceStatus: (item) => bodyOf(item, "SourceStatusChanged").status,
  previousStatus: (item) => bodyOf(item, "SourceStatusChanged").previous,
  statusReason: (item) => bodyOf(item, "SourceStatusChanged").reason,
};

export const StreamPosition: StreamPositionResolvers = envelope;

export const StreamReset: StreamResetResolvers = {
  ...envelope,
  reason: (item) => {
    if (item.type === "reset") return item.reason;
    throw new ServiceError("INTERNAL", "internal error", { detail: "the event is not a reset" });
  },
};

const STREAM_TYPES = { position: "StreamPosition", reset: "StreamReset" } as const;

export const SyncEvent: SyncEventResolvers = {
  __resolveType: (item) => (item.type === "event" ? item.event.body.kind : STREAM_TYPES[item.type]),
};

export const syncEvents: NonNullable<SubscriptionResolvers["syncEvents"]> = {
  subscribe(_root, { after, filter }, { cursors, events, principal, resumeAfter = after, signal }) {
    const { tenantId } = principal;
    return events.subscribe({
      tenantId,
      after: typeof resumeAfter === "string" ? cursors.decodeEventCursor(tenantId, resumeAfter) : undefined,
      announcesStart: true,
      filter: visibleTo(principal, filterOf(filter ?? {})),
      signal,
    });
  },
  resolve: (item: StreamItem) => item,
};

/** Internal value of each enum value: the name of the object type of the event. */
export const SyncEventKind = {
  RUN_STARTED: "RunStarted",
  RUN_PROGRESSED: "RunProgressed",
  RUN_FINISHED: "RunFinished",
  ENTITY_CHANGED: "EntityChanged",
  DELIVERY_RECEIVED: "DeliveryReceived",
  DELIVERY_PARKED: "DeliveryParked",
  RECORD_QUARANTINED: "RecordQuarantined",
  SOURCE_STATUS_CHANGED: "SourceStatusChanged",
  SOURCE_HEALTH_CHANGED: "SourceHealthChanged",
  PAYOUT_MATCH_CHANGED: "PayoutMatchChanged",
  EVIDENCE_PACK_FINISHED: "EvidencePackFinished",
  FINDING_OPENED: "FindingOpened",
  FINDING_CLOSED: "FindingClosed",
  BUDGET_CLOSED: "BudgetClosed",
} as const satisfies Required<SyncEventKindResolvers>;

/** Kinds that only callers with the scope `admin` receive. */
const FOR_ADMINS: ReadonlySet<EventKind> = new Set<EventKind>(["EvidencePackFinished"]);
const FOR_EVERYBODY: readonly EventKind[] = Object.values(SyncEventKind).filter((kind) => !FOR_ADMINS.has(kind));

/** Evidence requires the scope `admin`, so others do not receive events about it. */
function visibleTo(principal: Principal, filter: EventFilter): EventFilter {
  if (holdsScope(principal, "admin")) return filter;
  return { ...filter, kinds: filter.kinds?.filter((kind) => !FOR_ADMINS.has(kind)) ?? FOR_EVERYBODY };
}

/** A condition that is null is ignored. */
function filterOf({ sourceIds, kinds, entityTypes, entityIds, runIds }: SyncEventFilter): EventFilter {
  return {
    sourceIds: sourceIds ?? undefined,
    kinds: kinds ?? undefined,
    entityTypes: entityTypes ?? undefined,
    entityIds: entityIds ?? undefined,
    runIds: runIds ?? undefined,
  };
}
