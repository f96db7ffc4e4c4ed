import { ENTITY_TYPES, entityId } from "../../domain/ids.ts";
import type { NewEvent } from "../../events/event.ts";
import type { Observation, Outcome } from "../../store/entities/observation.ts";
import { writeObservations } from "../../store/entities/write-observations.ts";
import type { Transaction } from "../../store/database.ts";
import type { MalformedMessage, RecordMessage } from "../../connector-api/messages.ts";
import { resolveAliases } from "./aliases/resolve-aliases.ts";
import { type Applicable, type ApplyInput, locate, observe } from "./applicable.ts";
import { entityEvents } from "./entity-events.ts";
import { quarantine, type Quarantined, quarantineId, releaseQuarantined } from "./quarantine.ts";
import { type RefetchRequest, requestRefetches } from "../refetch-queue/request-refetches.ts";
import { holdsUnstorable, storableFault, unstorableMessage } from "./storable-text.ts";
import { storePayloads } from "./store-payloads.ts";
import { driftOfRecords } from "./object-drift.ts";
import { recordDrift } from "./record-drift.ts";

export interface Applied {
  /** Events that the caller must append as the transaction's last statement. */
  readonly events: readonly NewEvent[];
  readonly outcomes: readonly Outcome[];
  readonly changed: number;
  readonly quarantined: number;
  /** Quarantined items with their ids; an item that arrived twice has one id. */
  readonly quarantinedItems: readonly { readonly id: string; readonly item: Quarantined }[];
}

/**
 * Applies messages of one source inside the caller's transaction: the newest state wins, malformed items are
 * quarantined, conflicts and hints become refetch requests, and raw bytes are stored for everything that changed.
 * Applying the same messages again changes nothing.
 */
export async function apply(tx: Transaction, input: ApplyInput): Promise<Applied> {
  const byType = new Map<string, Observation[]>();
  const quarantinedItems: Quarantined[] = [];
  const refetches: RefetchRequest[] = [];
  const records: RecordMessage[] = [];
  const park = (item: Applicable, message: MalformedMessage) =>
    quarantinedItems.push({ message: storableFault(message), raw: locate(item, input.payloads) });
  const storable: Applicable[] = [];
  for (const item of input.items) {
    const { message } = item;
    if (message.type === "hint") refetches.push({ ...message, traceparent: input.traceparentOf?.(item.deliveryId) });
    else if (message.type === "malformed") park(item, message);
    else if (holdsUnstorable(message)) park(item, unstorableMessage(message));
    else {
      if (message.type === "record") records.push(message);
      storable.push(item);
    }
  }
  const names = await resolveAliases(tx, { ...input, messages: storable.map(({ message }) => message) });
  const outcomes: Outcome[] = [];
  for (const item of storable) {
    const seen = observe(tx.tenantId, input, item, names);
    if (seen?.outdated === true) outcomes.push({ observation: seen.observation, result: "stale" });
    else if (seen !== undefined) append(byType, seen.observation);
  }
  for (const type of ENTITY_TYPES) {
    const observations = byType.get(type);
    if (observations === undefined) continue;
    outcomes.push(...(await writeObservations(tx, type, { observations, requestedAt: input.requestedAt })));
  }
  refetches.push(...outcomes.filter(({ result }) => result === "conflict").map((outcome) => refetchOf(outcome, input)));
  await requestRefetches(tx, input.sourceId, refetches);
  const quarantineEvents = await quarantine(tx, input, quarantinedItems);
  const released = appliedIds(tx.tenantId, outcomes, quarantinedIds(tx.tenantId, input.sourceId, quarantinedItems));
  await Promise.all([
    releaseQuarantined(tx, released),
    storePayloads(tx, input, neededPayloads(input, outcomes, quarantinedItems)),
  ]);
  const events = [
    ...(await entityEvents(tx, input.sourceId, outcomes, names.changes)),
    ...quarantineEvents,
    ...(await recordDrift(tx, input.sourceId, driftOfRecords(records))),
  ];
  return {
    events,
    outcomes,
    changed: outcomes.filter(isChange).length,
    quarantined: quarantinedItems.length,
    quarantinedItems: quarantinedItems.map((item) => ({ id: quarantineId(tx.tenantId, input.sourceId, item), item })),
  };
}

function append(byType: Map<string, Observation[]>, observation: Observation): void {
  const list = byType.get(observation.entity);
  if (list === undefined) byType.set(observation.entity, [observation]);
  else list.push(observation);
}

function isChange({ result }: Outcome): boolean {
  return result === "CREATED" || result === "UPDATED" || result === "DELETED";
}

/** A balance cannot be fetched separately from any upstream: it is read with its account. */
function refetchOf({ observation }: Outcome, { traceparentOf }: ApplyInput): RefetchRequest {
  const { record } = observation;
  const traceparent = traceparentOf?.(observation.raw.deliveryId);
  if (record?.type === "Balance") return { entity: "Account", externalId: record.accountExternalId, traceparent };
  const externalId = observation.upstreamId ?? observation.externalId;
  return { entity: observation.entity, externalId, traceparent };
}

/** Excludes objects for which the same batch contains a state that could not be applied: it may be the newer one. */
function appliedIds(tenantId: string, outcomes: readonly Outcome[], quarantinedItems: ReadonlySet<string>): string[] {
  return outcomes
    .filter((outcome) => isChange(outcome) || outcome.result === "unchanged")
    .flatMap(({ observation: { entity, sourceId, upstreamId, externalId, id } }) =>
      upstreamId === undefined || upstreamId === externalId
        ? [id]
        : [id, entityId(tenantId, sourceId, entity, upstreamId)],
    )
    .filter((id) => !quarantinedItems.has(id));
}

function quarantinedIds(tenantId: string, sourceId: string, quarantinedItems: readonly Quarantined[]): Set<string> {
  const ids = new Set<string>();
  for (const { message } of quarantinedItems) {
    if (message.externalId !== undefined) ids.add(entityId(tenantId, sourceId, message.entity, message.externalId));
  }
  return ids;
}

/**
 * Bytes are stored if a row refers to them or they are evidence; a poll that only confirms the stored state stores
 * nothing.
 */
function neededPayloads(
  { payloads }: ApplyInput,
  outcomes: readonly Outcome[],
  quarantinedItems: readonly Quarantined[],
) {
  const needed = new Set<string | undefined>();
  for (const { observation, result } of outcomes) {
    // A tombstone that changes nothing may be the only known data of its object.
    const lone = result === "unchanged" && observation.record === undefined;
    if (lone || isChange({ observation, result })) needed.add(observation.raw.rawHash);
  }
  for (const { raw } of quarantinedItems) needed.add(raw.rawHash);
  return [...payloads.values()].filter((payload) => needed.has(payload.contentHash));
}
