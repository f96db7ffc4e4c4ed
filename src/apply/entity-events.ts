import { entityId, type EntityType } from "../domain/ids.ts";
import type { NewEvent } from "../events/event.ts";
import type { RowChange } from "../store/entities/merge-objects.ts";
import type { ChangeKind, Outcome } from "../store/entities/observation.ts";
import { ENTITY_TABLES } from "../store/entities/tables.ts";
import type { Transaction } from "../store/database.ts";

/** Objects that show only as part of another one: a change to the part is a change to the whole, which the part's column names. */
const WHOLE = {
  PaymentAttempt: { entity: "Payment", column: "payment_id" },
  Balance: { entity: "Account", column: "account_id" },
} as const;
type Part = keyof typeof WHOLE;

interface Change {
  readonly entityType: EntityType;
  readonly entityId: string;
  readonly change: ChangeKind;
}

/** Parts of one kind that changed: of those that are there the whole is known, of those that are gone only the store knows it. */
interface ChangedParts {
  readonly wholeIds: Set<string>;
  readonly goneIds: string[];
}

/**
 * One EntityChanged per object that really changed in this batch.
 * @param moved what was changed beside the batch's own observations, and before them: objects that were found to be one with
 * another, or to be gone
 */
export async function entityEvents(
  tx: Transaction,
  sourceId: string,
  outcomes: readonly Outcome[],
  moved: readonly RowChange[],
): Promise<NewEvent[]> {
  const changes = new Map<string, Change>();
  const parts: Record<Part, ChangedParts> = {
    PaymentAttempt: { wholeIds: new Set(), goneIds: [] },
    Balance: { wholeIds: new Set(), goneIds: [] },
  };
  for (const { entityType, id, change } of moved) {
    if (isPart(entityType)) parts[entityType].goneIds.push(id);
    else changes.set(id, { entityType, entityId: id, change });
  }
  for (const { observation, result } of outcomes) {
    if (result !== "CREATED" && result !== "UPDATED" && result !== "DELETED") continue;
    const { entity, record, id } = observation;
    if (!isPart(entity)) {
      changes.set(id, { entityType: entity, entityId: id, change: together(changes.get(id)?.change, result) });
      continue;
    }
    const whole = wholeExternalId(record);
    if (whole === undefined) parts[entity].goneIds.push(id);
    else parts[entity].wholeIds.add(entityId(tx.tenantId, sourceId, WHOLE[entity].entity, whole));
  }
  for (const part of ["PaymentAttempt", "Balance"] as const) {
    const { wholeIds, goneIds } = parts[part];
    const others = [...wholeIds].filter((id) => !changes.has(id));
    for (const id of await wholesOf(tx, part, others, goneIds)) {
      if (!changes.has(id)) changes.set(id, { entityType: WHOLE[part].entity, entityId: id, change: "UPDATED" });
    }
  }
  return [...changes.values()].map((change) => ({ sourceId, body: { kind: "EntityChanged", ...change } }));
}

function isPart(entity: EntityType): entity is Part {
  return Object.hasOwn(WHOLE, entity);
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
async function wholesOf(
  tx: Transaction,
  part: Part,
  wholeIds: readonly string[],
  goneIds: readonly string[],
): Promise<string[]> {
  if (wholeIds.length + goneIds.length === 0) return [];
  const { entity, column } = WHOLE[part];
  const rows = await tx.query<{ id: string }>(
    `select id from ${ENTITY_TABLES[entity].table}
     where (id = any($1) or id = any(array(select ${column} from ${ENTITY_TABLES[part].table} where id = any($2))))
       and content_hash is not null and deleted_at is null`,
    [wholeIds, goneIds],
  );
  return rows.map((row) => row.id);
}
