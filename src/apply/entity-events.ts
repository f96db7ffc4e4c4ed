import { entityId, type EntityType } from "../domain/ids.ts";
import type { NewEvent } from "../events/event.ts";
import type { RowChange } from "../store/entities/merge-objects.ts";
import type { ChangeKind, Outcome } from "../store/entities/observation.ts";
import type { Transaction } from "../store/database.ts";

/** Objects that show only as part of another one: a change to the part is a change to the whole. */
const WHOLE = {
  PaymentAttempt: { entity: "Payment", table: "payments" },
  Balance: { entity: "Account", table: "accounts" },
} as const;

interface Change {
  readonly entityType: EntityType;
  readonly entityId: string;
  readonly change: ChangeKind;
}

/** One EntityChanged per object that really changed in this batch.
 * @param merged objects that were found to be one with another, before the batch was written */
export async function entityEvents(
  tx: Transaction,
  sourceId: string,
  outcomes: readonly Outcome[],
  merged: readonly RowChange[],
): Promise<NewEvent[]> {
  const changes = new Map<string, Change>();
  for (const { entityType, id, change } of merged) {
    if (entityType !== "PaymentAttempt" && entityType !== "Balance")
      changes.set(id, { entityType, entityId: id, change });
  }
  const parts = new Map<string, Set<string>>();
  for (const { observation, result } of outcomes) {
    if (result !== "CREATED" && result !== "UPDATED" && result !== "DELETED") continue;
    const { entity, record } = observation;
    if (entity !== "PaymentAttempt" && entity !== "Balance") {
      const change = together(changes.get(observation.id)?.change, result);
      changes.set(observation.id, { entityType: entity, entityId: observation.id, change });
      continue;
    }
    const whole = wholeExternalId(record);
    if (whole === undefined) continue;
    const ids = parts.get(entity) ?? new Set();
    ids.add(entityId(tx.tenantId, sourceId, WHOLE[entity].entity, whole));
    parts.set(entity, ids);
  }
  for (const part of ["PaymentAttempt", "Balance"] as const) {
    const missing = [...(parts.get(part) ?? [])].filter((id) => !changes.has(id));
    for (const id of await existing(tx, WHOLE[part].table, missing)) {
      changes.set(id, { entityType: WHOLE[part].entity, entityId: id, change: "UPDATED" });
    }
  }
  return [...changes.values()].map((change) => ({ sourceId, body: { kind: "EntityChanged", ...change } }));
}

/** What two changes of an object in one batch come to. */
function together(first: ChangeKind | undefined, second: ChangeKind): ChangeKind {
  if (first === "CREATED" && second === "UPDATED") return "CREATED";
  return first === "DELETED" && second === "CREATED" ? "UPDATED" : second;
}

function wholeExternalId(record: Outcome["observation"]["record"]): string | undefined {
  if (record?.type === "PaymentAttempt") return record.paymentExternalId;
  return record?.type === "Balance" ? record.accountExternalId : undefined;
}

/** A part may come before its whole, which then makes an event of its own when it comes. */
async function existing(tx: Transaction, table: string, ids: readonly string[]): Promise<string[]> {
  if (ids.length === 0) return [];
  const rows = await tx.query<{ id: string }>(
    `select id from ${table} where id = any($1) and content_hash is not null and deleted_at is null`,
    [ids],
  );
  return rows.map((row) => row.id);
}
