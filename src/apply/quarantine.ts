import { hash } from "node:crypto";
import { entityId, OPERATION_ID_PREFIXES } from "../domain/ids.ts";
import type { MalformedMessage } from "../connector-api/messages.ts";
import type { NewEvent } from "../events/event.ts";
import type { RawLocation } from "../store/entities/observation.ts";
import type { Transaction } from "../store/database.ts";

/** A record that could not be applied, with its evidence. */
export interface Quarantined {
  readonly message: MalformedMessage;
  readonly raw: RawLocation;
}

/** The same item with the same fault is the same row, however often a poll meets it. */
export function quarantineId(tenantId: string, sourceId: string, { message, raw }: Quarantined): string {
  const where = message.externalId ?? `${raw.rawHash ?? raw.deliveryId}${raw.path}`;
  const digest = hash("sha256", [tenantId, sourceId, message.entity, where, message.path].join("\0"), "buffer");
  return `${OPERATION_ID_PREFIXES.QuarantinedRecord}_${digest.toString("base64url", 0, 16)}`;
}

/** Parks malformed items and returns an event for each one that was not parked before. */
export async function quarantine(
  tx: Transaction,
  source: { readonly sourceId: string; readonly runId: string | undefined },
  items: readonly Quarantined[],
): Promise<NewEvent[]> {
  if (items.length === 0) return [];
  const { sourceId } = source;
  const byId = new Map(items.map((item) => [quarantineId(tx.tenantId, sourceId, item), item]));
  const ordered = [...byId].sort(([a], [b]) => (a < b ? -1 : 1));
  const column = (pick: (item: Quarantined) => string | null) => ordered.map(([, item]) => pick(item));
  const entityIdOf = ({ message }: Quarantined) =>
    message.externalId === undefined ? null : entityId(tx.tenantId, sourceId, message.entity, message.externalId);
  const rows = await tx.query<{ id: string; opened: boolean }>(
    `insert into quarantined_records as held (tenant_id, id, source_id, run_id, entity_type, entity_id, external_id, code,
       path, problem, raw_hash, delivery_id, raw_path, status, first_at, last_at)
     select $1, offered.id, $2, $3, offered.entity_type, offered.entity_id, offered.external_id, 'UPSTREAM_MALFORMED',
       offered.path, offered.problem, offered.raw_hash, offered.delivery_id, offered.raw_path, 'OPEN', now(), now()
     from unnest($4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[], $10::text[], $11::text[], $12::text[])
       as offered (id, entity_type, entity_id, external_id, path, problem, raw_hash, delivery_id, raw_path)
     on conflict (tenant_id, id) do update set
       status = 'OPEN', resolved_at = null, occurrences = held.occurrences + 1, last_at = now(),
       first_at = case when held.status = 'OPEN' then held.first_at else now() end,
       problem = excluded.problem, raw_hash = excluded.raw_hash, delivery_id = excluded.delivery_id,
       raw_path = excluded.raw_path, run_id = excluded.run_id
     returning id, first_at = now() as opened`,
    [
      tx.tenantId,
      sourceId,
      source.runId ?? null,
      ordered.map(([id]) => id),
      column((item) => item.message.entity),
      column(entityIdOf),
      column((item) => item.message.externalId ?? null),
      column((item) => item.message.path),
      column((item) => item.message.problem),
      column((item) => item.raw.rawHash ?? null),
      column((item) => item.raw.deliveryId ?? null),
      column((item) => item.raw.path),
    ],
  );
  return rows
    .filter((row) => row.opened)
    .map((row) => ({ sourceId, body: { kind: "RecordQuarantined", quarantinedRecordId: row.id } }));
}

/** Closes what stood against objects that have now been applied. */
export async function releaseQuarantined(tx: Transaction, entityIds: readonly string[]): Promise<void> {
  if (entityIds.length === 0) return;
  await tx.query(
    `update quarantined_records set status = 'RESOLVED', resolved_at = now()
     where status = 'OPEN' and entity_id = any($1)`,
    [entityIds],
  );
}
