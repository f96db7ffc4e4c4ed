import { ENTITY_TYPES, entityId } from "../domain/ids.ts";
import type { NewEvent } from "../events/event.ts";
import type { Observation, Outcome } from "../store/entities/observation.ts";
import { writeObservations } from "../store/entities/write-observations.ts";
import type { Transaction } from "../store/database.ts";
import type { MalformedMessage, RecordMessage } from "../connector-api/messages.ts";
import { learnNames } from "./aliases/learn-names.ts";
import { type Applicable, type ApplyInput, locate, observe } from "./applicable.ts";
import { entityEvents } from "./entity-events.ts";
import { quarantine, type Quarantined, quarantineId, releaseQuarantined } from "./quarantine.ts";
import { type RefetchRequest, requestRefetches } from "./request-refetches.ts";
import { holdsUnstorable, storableFault, unstorableMessage } from "./storable-text.ts";
import { storePayloads } from "./store-payloads.ts";
import { reportUnknownValues } from "./unknown-values.ts";

export interface Applied {
  /** To be appended by the caller as the transaction's last statement. */
  readonly events: readonly NewEvent[];
  readonly outcomes: readonly Outcome[];
  readonly changed: number;
  readonly quarantined: number;
  /** What was quarantined, under which id; an item that came twice has one. */
  readonly parked: readonly { readonly id: string; readonly item: Quarantined }[];
}

/**
 * Applies messages of one source inside the caller's transaction: newest wins, malformed items are parked, doubts and
 * hints become refetch requests, raw bytes are kept for whatever changed. Applying the same messages again changes nothing.
 */
export async function apply(tx: Transaction, input: ApplyInput): Promise<Applied> {
  const byType = new Map<string, Observation[]>();
  const parked: Quarantined[] = [];
  const refetches: RefetchRequest[] = [];
  const records: RecordMessage[] = [];
  const park = (item: Applicable, message: MalformedMessage) =>
    parked.push({ message: storableFault(message), raw: locate(item, input.payloads) });
  const storable: Applicable[] = [];
  for (const item of input.items) {
    const { message } = item;
    if (message.type === "hint") refetches.push(message);
    else if (message.type === "malformed") park(item, message);
    else if (holdsUnstorable(message)) park(item, unstorableMessage(message));
    else {
      if (message.type === "record") records.push(message);
      storable.push(item);
    }
  }
  const names = await learnNames(tx, { ...input, messages: storable.map(({ message }) => message) });
  const outcomes: Outcome[] = [];
  for (const item of storable) {
    const seen = observe(tx.tenantId, input, item, names);
    if (seen?.outdated === true) outcomes.push({ observation: seen.observation, result: "stale" });
    else if (seen !== undefined) append(byType, seen.observation);
  }
  for (const type of ENTITY_TYPES) {
    const observations = byType.get(type);
    if (observations === undefined) continue;
    outcomes.push(...(await writeObservations(tx, type, { observations, asked: input.asked })));
  }
  refetches.push(...outcomes.filter(({ result }) => result === "doubt").map(refetchOf));
  await requestRefetches(tx, input.sourceId, refetches);
  const quarantineEvents = await quarantine(tx, input, parked);
  await releaseQuarantined(tx, appliedIds(tx.tenantId, outcomes, parkedIds(tx.tenantId, input.sourceId, parked)));
  await storePayloads(tx, input, neededPayloads(input, outcomes, parked));
  const events = [
    ...(await entityEvents(tx, input.sourceId, outcomes, names.changes)),
    ...quarantineEvents,
    ...(await reportUnknownValues(tx, input.sourceId, records)),
  ];
  return {
    events,
    outcomes,
    changed: outcomes.filter(isChange).length,
    quarantined: parked.length,
    parked: parked.map((item) => ({ id: quarantineId(tx.tenantId, input.sourceId, item), item })),
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

/** A balance has no life of its own at any upstream: it is read with its account. */
function refetchOf({ observation }: Outcome): RefetchRequest {
  const { record } = observation;
  if (record?.type === "Balance") return { entity: "Account", externalId: record.accountExternalId };
  return { entity: observation.entity, externalId: observation.calledBy ?? observation.externalId };
}

/** Without those of which the same batch holds a state that could not be applied: it may be the newer one. */
function appliedIds(tenantId: string, outcomes: readonly Outcome[], parked: ReadonlySet<string>): string[] {
  return outcomes
    .filter((outcome) => isChange(outcome) || outcome.result === "unchanged")
    .flatMap(({ observation: { entity, sourceId, calledBy, externalId, id } }) =>
      calledBy === undefined || calledBy === externalId ? [id] : [id, entityId(tenantId, sourceId, entity, calledBy)],
    )
    .filter((id) => !parked.has(id));
}

function parkedIds(tenantId: string, sourceId: string, parked: readonly Quarantined[]): Set<string> {
  const ids = new Set<string>();
  for (const { message } of parked) {
    if (message.externalId !== undefined) ids.add(entityId(tenantId, sourceId, message.entity, message.externalId));
  }
  return ids;
}

/** Bytes are kept when a row points at them or they are evidence; a poll that only confirms leaves nothing behind. */
function neededPayloads({ payloads }: ApplyInput, outcomes: readonly Outcome[], parked: readonly Quarantined[]) {
  const needed = new Set<string | undefined>();
  for (const { observation, result } of outcomes) {
    // A tombstone that changes nothing may be all that is known of its object.
    const lone = result === "unchanged" && observation.record === undefined;
    if (lone || isChange({ observation, result })) needed.add(observation.raw.rawHash);
  }
  for (const { raw } of parked) needed.add(raw.rawHash);
  return [...payloads.values()].filter((payload) => needed.has(payload.contentHash));
}
