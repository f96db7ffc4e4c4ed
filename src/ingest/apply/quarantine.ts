import { hash } from "node:crypto";
import { entityId, OPERATION_ID_PREFIXES } from "../../domain/ids.ts";
import type { MalformedMessage } from "../../connector-api/messages.ts";
import { QUARANTINE } from "../../domain/lifecycles.ts";
import type { NewEvent } from "../../events/event.ts";
import type { RawLocation } from "../../store/entities/observation.ts";
import type { Transaction } from "../../store/database.ts";
import { after, allows, literals } from "../../store/status-sql.ts";
import { driftOfMalformed } from "./object-drift.ts";
import { type Drift, recordDrift } from "./record-drift.ts";

const FAILS_AGAIN = allows("existing.status", QUARANTINE, "fail");

/** A record that could not be applied, with its evidence. */
export interface Quarantined {
  readonly message: MalformedMessage;
  readonly raw: RawLocation;
}

/** The same item with the same error gets the same row, however often a poll reads it. */
export function quarantineId(tenantId: string, sourceId: string, { message, raw }: Quarantined): string {
  const where = message.externalId ?? `${raw.rawHash ?? raw.deliveryId}${raw.path}`;
  const digest = hash("sha256", [tenantId, sourceId, message.entity, where, message.path].join("\0"), "buffer");
  return `${OPERATION_ID_PREFIXES.QuarantinedRecord}_${digest.toString("base64url", 0, 16)}`;
}

/**
 * Quarantines malformed items, and counts the fields for which they are, except those of discarded ones. Returns an event
 * for each item that was not quarantined before.
 * @param drift where the items differ from the contract. Default: the paths of the items
 */
export async function quarantine(
  tx: Transaction,
  source: { readonly sourceId: string; readonly runId: string | undefined },
  items: readonly Quarantined[],
  drift?: readonly Drift[],
): Promise<NewEvent[]> {
  if (items.length === 0) return [];
  const { sourceId } = source;
  const byId = new Map(items.map((item) => [quarantineId(tx.tenantId, sourceId, item), item]));
  const ordered = [...byId].sort(([a], [b]) => (a < b ? -1 : 1));
  const column = (pick: (item: Quarantined) => string | null) => ordered.map(([, item]) => pick(item));
  const entityIdOf = ({ message }: Quarantined) =>
    message.externalId === undefined ? null : entityId(tx.tenantId, sourceId, message.entity, message.externalId);
  const rows = await tx.query<{ id: string; opened: boolean; failed: boolean }>(
    `insert into quarantined_records as existing (tenant_id, id, source_id, run_id, entity_type, entity_id, external_id, code,
       path, problem, raw_hash, delivery_id, raw_path, status, first_at, last_at)
     select $1, incoming.id, $2, $3, incoming.entity_type, incoming.entity_id, incoming.external_id, 'UPSTREAM_MALFORMED',
       incoming.path, incoming.problem, incoming.raw_hash, incoming.delivery_id, incoming.raw_path, ${literals(QUARANTINE.initial)}, now(), now()
     from unnest($4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[], $10::text[], $11::text[], $12::text[])
       as incoming (id, entity_type, entity_id, external_id, path, problem, raw_hash, delivery_id, raw_path)
     on conflict (tenant_id, id) do update set
       status = case when ${FAILS_AGAIN} then ${after(QUARANTINE, "fail")} else existing.status end,
       -- A discarded record is kept for as long as it fails: without its row it would be a new one.
       resolved_at = case when not (${FAILS_AGAIN}) then now() end,
       occurrences = existing.occurrences + 1, last_at = now(),
       first_at = case when ${allows("existing.status", QUARANTINE, "resolve")} then existing.first_at else now() end,
       problem = excluded.problem, raw_hash = excluded.raw_hash, delivery_id = excluded.delivery_id,
       raw_path = excluded.raw_path, run_id = excluded.run_id
     returning id, first_at = now() as opened, status = ${after(QUARANTINE, "fail")} as failed`,
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
  const opened = rows.filter((row) => row.opened);
  reportQuarantined(
    tx,
    sourceId,
    opened.map(({ id }) => id),
  );
  const failed = new Set(rows.flatMap((row) => (row.failed ? [row.id] : [])));
  const seen = items.filter((item) => failed.has(quarantineId(tx.tenantId, sourceId, item)));
  const counted =
    seen.length === 0
      ? []
      : await recordDrift(tx, sourceId, drift ?? driftOfMalformed(seen.map(({ message }) => message)));
  return [
    ...opened.map((row): NewEvent => ({ sourceId, body: { kind: "RecordQuarantined", quarantinedRecordId: row.id } })),
    ...counted,
  ];
}

/** Maximum number of ids in one line of the log: the graph lists all of them. */
const MAX_LOGGED_IDS = 10;

function reportQuarantined(tx: Transaction, sourceId: string, ids: readonly string[]): void {
  if (ids.length === 0) return;
  const about = { sourceId, count: ids.length, quarantinedRecordIds: ids.slice(0, MAX_LOGGED_IDS) };
  tx.report({ sentence: "records quarantined", about });
}

const RESOLVED = `status = ${after(QUARANTINE, "resolve")}, resolved_at = now()`;

/** Resolves the quarantined records of objects that have now been applied. */
export async function releaseQuarantined(tx: Transaction, entityIds: readonly string[]): Promise<void> {
  if (entityIds.length === 0) return;
  await tx.query(
    `update quarantined_records set ${RESOLVED}
     where ${allows("status", QUARANTINE, "resolve")} and entity_id = any($1)`,
    [entityIds],
    { prepared: true },
  );
}

/**
 * Resolves the records of a file that its newest parse no longer finds unreadable: a refusal elsewhere in the file, or
 * statements whose paths are usable now.
 */
export async function resolveReadable(
  tx: Transaction,
  file: { readonly sourceId: string; readonly contentHash: string },
  { path, usable }: { readonly path: string | undefined; readonly usable: readonly string[] },
): Promise<void> {
  await tx.query(
    `update quarantined_records set ${RESOLVED}
     where ${allows("status", QUARANTINE, "resolve")} and source_id = $1 and raw_hash = $2 and external_id is null
       and entity_type = 'Statement' and ((raw_path = '' and path is distinct from $3) or raw_path = any($4))`,
    [file.sourceId, file.contentHash, path ?? null, usable],
  );
}
