import type { EntityType } from "../../domain/ids.ts";
import { entityId } from "../../domain/ids.ts";
import { arrayLiteral } from "../array-literal.ts";
import type { Transaction } from "../database.ts";
import { contentHash } from "./content-hash.ts";
import { type Candidate, foldByObject } from "./fold.ts";
import { newerThanStored } from "./gate.ts";
import type { ChangeKind, Observation, Outcome } from "./observation.ts";
import { type Column, ENTITY_TABLES, type EntityTable } from "./tables.ts";

/** Columns that every synced object has: name, type, and its value in PostgreSQL's text form. */
const SHARED: readonly (readonly [
  name: string,
  type: string,
  pick: (candidate: Candidate) => string | null | undefined,
])[] = [
  ["id", "text", ({ observation }) => observation.id],
  ["source_id", "text", ({ observation }) => observation.sourceId],
  ["external_id", "text", ({ observation }) => observation.externalId],
  ["created_at", "timestamptz", ({ observation }) => observation.record?.createdAt],
  ["version_from", "bigint", ({ observation }) => observation.version.from.toString()],
  ["version_until", "bigint", ({ observation }) => observation.version.until.toString()],
  ["finality", "smallint", ({ observation }) => observation.version.finality.toString()],
  ["source_updated_at", "timestamptz", ({ observation }) => observation.sourceUpdatedAt],
  ["via", "text", ({ observation }) => observation.via],
  ["content_hash", "text", ({ contentHash }) => contentHash],
  ["raw_hash", "text", ({ observation }) => observation.raw.rawHash],
  ["delivery_id", "text", ({ observation }) => observation.raw.deliveryId],
  ["raw_path", "text", ({ observation }) => observation.raw.path],
  ["extensions", "jsonb", ({ extensions }) => extensions],
];

/** What every write takes over from the offered row. */
const ALWAYS = ["finality", "observed_at", "written_at", "via"] as const;
/** The bytes that the state came from: kept when it is confirmed, not changed. */
const EVIDENCE = ["raw_hash", "delivery_id", "raw_path"] as const;

export interface WriteInput {
  /** All of one entity type. */
  readonly observations: readonly Observation[];
  /** This database's clock, RFC 3339 with microseconds, read before the upstream was asked; undefined when that is not known. */
  readonly asked: string | undefined;
}

/**
 * Writes observations of one entity type, each only if it is newer than what is stored, and says what each did. One
 * statement for the records and one for the tombstones, however many; one more only when some were not newer.
 */
export async function writeObservations(tx: Transaction, type: EntityType, input: WriteInput): Promise<Outcome[]> {
  // The union over the tables cannot be called with a union of records; `type` ties the two together.
  const table = ENTITY_TABLES[type] as EntityTable<unknown>;
  const folded = foldByObject(input.observations.map((observation) => candidateOf(tx.tenantId, table, observation)));
  const records = folded.candidates.filter((candidate) => candidate.observation.record !== undefined);
  const tombstones = folded.candidates.filter((candidate) => candidate.observation.record === undefined);
  const written = new Map<string, ChangeKind | "unchanged">();
  if (records.length > 0) await upsert(tx, table, records, input.asked, written);
  if (tombstones.length > 0) await bury(tx, table, tombstones, input.asked, written);
  const refused = folded.candidates.filter((candidate) => !written.has(candidate.observation.id));
  const reasons = refused.length > 0 ? await whyRefused(tx, table, refused) : new Map<string, Outcome["result"]>();
  await confirm(tx, table, reasons);
  const outcomes: Outcome[] = folded.stale.map((observation) => ({ observation, result: "stale" }));
  for (const { observation } of folded.candidates) {
    const result = written.get(observation.id) ?? reasons.get(observation.id) ?? "doubt";
    outcomes.push({ observation, result });
    // Another observation of this batch could not be ordered against this one: only the upstream knows.
    if (folded.doubtful.has(observation.id) && result !== "doubt") outcomes.push({ observation, result: "doubt" });
  }
  return outcomes;
}

function candidateOf(tenantId: string, table: EntityTable<unknown>, observation: Observation): Candidate {
  const { record } = observation;
  if (record === undefined) return { observation, values: [], extensions: null, contentHash: null };
  const idOf = (type: EntityType, externalId: string) => entityId(tenantId, observation.sourceId, type, externalId);
  const values = table.columns.map((column) => column.value(record, idOf));
  const content = values.filter((_, index) => table.columns[index]?.volatile !== true);
  const extensions = JSON.stringify(record.extensions);
  const hashed = [...content, record.createdAt ?? null, extensions];
  return { observation, values, extensions, contentHash: contentHash(hashed) };
}

/** One array parameter for each column: those that all objects have, then the entity's own. */
function parameters(candidates: readonly Candidate[], ownColumns: number): string[] {
  const shared = SHARED.map(([, , pick]) => arrayLiteral(candidates, pick));
  const own = Array.from({ length: ownColumns }, (_, column) =>
    arrayLiteral(candidates, ({ values }) => values[column]),
  );
  return [...shared, ...own];
}

async function upsert(
  tx: Transaction,
  table: EntityTable<unknown>,
  candidates: readonly Candidate[],
  asked: string | undefined,
  written: Map<string, ChangeKind | "unchanged">,
): Promise<void> {
  const rows = await tx.query<{ id: string; replaced_hash: string | null; content_hash: string }>(
    upsertStatement(table.table, table.columns),
    [tx.tenantId, asked ?? null, ...parameters(candidates, table.columns.length)],
    { prepared: `upsert ${table.table}` },
  );
  for (const row of rows) {
    const same = row.replaced_hash === row.content_hash;
    written.set(row.id, row.replaced_hash === null ? "CREATED" : same ? "unchanged" : "UPDATED");
  }
}

const statements = new Map<string, string>();

/** Text of the upsert of one table; the same text each time, so that it is built once. */
function upsertStatement(table: string, own: readonly Column<unknown>[]): string {
  const held = statements.get(table);
  if (held !== undefined) return held;
  const offered = [
    ...SHARED.map(([name, type]) => [name, type] as const),
    ...own.map(({ name, type }) => [name, type] as const),
  ];
  const names = offered.map(([name]) => name);
  const unnested = offered.map(([, type], index) => `$${index + 3}::${type}[]`);
  const replaced = [...ALWAYS, "content_hash", "extensions", ...own.map(({ name }) => name)];
  const statement = `
    insert into ${table} as stored (tenant_id, ordered_at, observed_at, written_at, ${names.join(", ")})
    select $1, coalesce(offered.created_at, now()), now(), clock_timestamp(), ${names.map((name) => `offered.${name}`).join(", ")}
    from unnest(${unnested.join(", ")}) as offered (${names.join(", ")})
    on conflict (tenant_id, id) do update set
      ${replaced.map((name) => `${name} = excluded.${name}`).join(", ")},
      ${EVIDENCE.map((name) => `${name} = case when excluded.content_hash = stored.content_hash and stored.deleted_at is null then stored.${name} else excluded.${name} end`).join(", ")},
      created_at = coalesce(excluded.created_at, stored.created_at),
      ordered_at = coalesce(excluded.created_at, stored.ordered_at),
      version_from = greatest(excluded.version_from, stored.version_from),
      version_until = greatest(excluded.version_until, stored.version_until),
      source_updated_at = case when excluded.content_hash = stored.content_hash
        then coalesce(excluded.source_updated_at, stored.source_updated_at) else excluded.source_updated_at end,
      deleted_at = null,
      replaced_hash = case when stored.deleted_at is null then stored.content_hash end
    where ${newerThanStored("$2")}
    returning stored.id, stored.replaced_hash, stored.content_hash`;
  statements.set(table, statement);
  return statement;
}

async function bury(
  tx: Transaction,
  table: EntityTable<unknown>,
  candidates: readonly Candidate[],
  asked: string | undefined,
  written: Map<string, ChangeKind | "unchanged">,
): Promise<void> {
  const names = SHARED.map(([name]) => name);
  const rows = await tx.query<{ id: string; replaced_hash: string | null }>(
    `insert into ${table.table} as stored (tenant_id, ordered_at, observed_at, written_at, deleted_at, ${names.join(", ")})
     select $1, now(), now(), clock_timestamp(), now(), ${names.map((name) => `offered.${name}`).join(", ")}
     from unnest(${SHARED.map(([, type], index) => `$${index + 3}::${type}[]`).join(", ")}) as offered (${names.join(", ")})
     on conflict (tenant_id, id) do update set
       ${ALWAYS.map((name) => `${name} = excluded.${name}`).join(", ")},
       ${EVIDENCE.map((name) => `${name} = case when stored.deleted_at is null then excluded.${name} else stored.${name} end`).join(", ")},
       version_from = greatest(excluded.version_from, stored.version_from),
       version_until = greatest(excluded.version_until, stored.version_until),
       deleted_at = coalesce(stored.deleted_at, excluded.deleted_at),
       replaced_hash = case when stored.deleted_at is null then stored.content_hash end
     where ${newerThanStored("$2")}
     returning stored.id, stored.replaced_hash`,
    [tx.tenantId, asked ?? null, ...parameters(candidates, 0)],
  );
  for (const row of rows) written.set(row.id, row.replaced_hash === null ? "unchanged" : "DELETED");
}

/** What was seen again as it is stored was observed now, though there was nothing to write. */
async function confirm(
  tx: Transaction,
  table: EntityTable<unknown>,
  reasons: ReadonlyMap<string, Outcome["result"]>,
): Promise<void> {
  const ids = [...reasons].flatMap(([id, result]) => (result === "unchanged" ? [id] : []));
  if (ids.length === 0) return;
  await tx.query(`update ${table.table} set observed_at = now() where id = any($1)`, [ids]);
}

/** For objects whose stored state was not provably older: is it provably newer, the same, or a doubt? */
async function whyRefused(
  tx: Transaction,
  table: EntityTable<unknown>,
  refused: readonly Candidate[],
): Promise<Map<string, Outcome["result"]>> {
  const stored = await tx.query<{
    id: string;
    version_from: bigint;
    finality: number;
    content_hash: string | null;
    deleted: boolean;
  }>(
    `select id, version_from, finality, content_hash, deleted_at is not null as deleted
     from ${table.table} where id = any($1)`,
    [refused.map(({ observation }) => observation.id)],
  );
  const byId = new Map(stored.map((row) => [row.id, row]));
  const reasons = new Map<string, Outcome["result"]>();
  for (const { observation, contentHash: hash } of refused) {
    const row = byId.get(observation.id);
    if (row === undefined) continue;
    const { version } = observation;
    const older = version.until < row.version_from || version.finality < row.finality;
    const same = row.deleted ? observation.record === undefined : row.content_hash === hash;
    reasons.set(observation.id, older ? "stale" : same ? "unchanged" : "doubt");
  }
  return reasons;
}
