import { entityId } from "../../domain/ids.ts";
import type { NewEvent } from "../../events/event.ts";
import type { Outcome } from "../../store/entities/observation.ts";
import { writePrepared } from "../../store/entities/write-observations.ts";
import type { Transaction } from "../../store/database.ts";
import { NO_ALIASES, resolveAliases } from "./aliases/resolve-aliases.ts";
import type { ApplyInput } from "./applicable.ts";
import { entityEvents } from "./entity-events.ts";
import { quarantine, type Quarantined, quarantineId, releaseQuarantined } from "./quarantine.ts";
import { type RefetchRequest, requestRefetches } from "../refetch-queue/request-refetches.ts";
import { observeAll, prepare, type PreparedInput } from "./prepare.ts";
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
  return applyPrepared(tx, prepare(tx.tenantId, input));
}

/** Applies messages that were prepared for the transaction's tenant, as `apply` does. */
export async function applyPrepared(tx: Transaction, messages: PreparedInput): Promise<Applied> {
  const { input, storable, records, quarantined: quarantinedItems } = messages;
  const names =
    messages.observed === undefined
      ? await resolveAliases(tx, { ...input, messages: storable.map(({ message }) => message) })
      : NO_ALIASES;
  const { prepared, outdated } = messages.observed ?? observeAll(tx.tenantId, input, storable, names);
  const outcomes: Outcome[] = outdated.map((observation) => ({ observation, result: "stale" }));
  for (const each of prepared) outcomes.push(...(await writePrepared(tx, each, input.requestedAt)));
  const conflicts = outcomes.filter(({ result }) => result === "conflict");
  const refetches = [...messages.refetches, ...conflicts.map((outcome) => refetchOf(outcome, input))];
  await requestRefetches(tx, input.sourceId, refetches);
  const quarantineEvents = await quarantine(tx, input, quarantinedItems);
  await releaseQuarantined(
    tx,
    appliedIds(tx.tenantId, outcomes, quarantinedIds(tx.tenantId, input.sourceId, quarantinedItems)),
  );
  await storePayloads(tx, input, neededPayloads(input, outcomes, quarantinedItems));
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
