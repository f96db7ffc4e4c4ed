import { entityId, type EntityType } from "../../domain/ids.ts";
import type { NewEvent } from "../../events/event.ts";
import type { RowChange } from "../../store/entities/merge-objects.ts";
import type { ChangeKind, Outcome } from "../../store/entities/observation.ts";
import { ENTITY_TABLES } from "../../store/entities/tables.ts";
import type { Transaction } from "../../store/database.ts";

/**
 * Objects that are only exposed as part of another one: a change to the part is a change to the whole, which the part's
 * column references.
 */
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

/** Changed parts of one type: for existing parts the whole is known, for deleted ones only the store knows it. */
interface ChangedParts {
  readonly wholeIds: Set<string>;
  readonly deletedIds: string[];
}

/**
 * Creates one EntityChanged per object that actually changed in this batch.
 * @param moved changes made before the batch's own observations and in addition to them: objects that were merged into
 * another one, or found to be deleted
 */
export async function entityEvents(
  tx: Transaction,
  sourceId: string,
  outcomes: readonly Outcome[],
  moved: readonly RowChange[],
): Promise<NewEvent[]> {
  const changes = new Map<string, Change>();
  const parts: Record<Part, ChangedParts> = {
    PaymentAttempt: { wholeIds: new Set(), deletedIds: [] },
    Balance: { wholeIds: new Set(), deletedIds: [] },
  };
  for (const { entityType, id, change } of moved) {
    if (isPart(entityType)) parts[entityType].deletedIds.push(id);
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
    if (whole === undefined) parts[entity].deletedIds.push(id);
    else parts[entity].wholeIds.add(entityId(tx.tenantId, sourceId, WHOLE[entity].entity, whole));
  }
  for (const part of ["PaymentAttempt", "Balance"] as const) {
    const { wholeIds, deletedIds } = parts[part];
    const others = [...wholeIds].filter((id) => !changes.has(id));
    for (const id of await wholesOf(tx, part, others, deletedIds)) {
      if (!changes.has(id)) changes.set(id, { entityType: WHOLE[part].entity, entityId: id, change: "UPDATED" });
    }
  }
  return [...changes.values()].map((change) => ({ sourceId, body: { kind: "EntityChanged", ...change } }));
}

function isPart(entity: EntityType): entity is Part {
  return Object.hasOwn(WHOLE, entity);
}

/** Combines two changes of an object in one batch. */
function together(first: ChangeKind | undefined, second: ChangeKind): ChangeKind {
  if (first === "CREATED" && second === "UPDATED") return "CREATED";
  return first === "DELETED" && second === "CREATED" ? "UPDATED" : second;
}

function wholeExternalId(record: Outcome["observation"]["record"]): string | undefined {
  if (record?.type === "PaymentAttempt") return record.paymentExternalId;
  return record?.type === "Balance" ? record.accountExternalId : undefined;
}

/**
 * Finds the wholes of parts. A part may arrive before its whole, which then creates an event of its own when it
 * arrives.
 */
async function wholesOf(
  tx: Transaction,
  part: Part,
  wholeIds: readonly string[],
  deletedIds: readonly string[],
): Promise<string[]> {
  if (wholeIds.length + deletedIds.length === 0) return [];
  const { entity, column } = WHOLE[part];
  const rows = await tx.query<{ id: string }>(
    `select id from ${ENTITY_TABLES[entity].table}
     where (id = any($1) or id = any(array(select ${column} from ${ENTITY_TABLES[part].table} where id = any($2))))
       and content_hash is not null and deleted_at is null`,
    [wholeIds, deletedIds],
  );
  return rows.map((row) => row.id);
}
