import type { EntityType } from "../../domain/ids.ts";
import { entityId } from "../../domain/ids.ts";
import type { Transaction } from "../database.ts";
import { createdColumns } from "./created-values.ts";
import { contentHash } from "./content-hash.ts";
import { type Candidate, foldByObject, type Folded } from "./fold.ts";
import { newerThanStored } from "./gate.ts";
import type { ChangeKind, Observation, Outcome } from "./observation.ts";
import { ALWAYS, EVIDENCE, parametersOf, SHARED } from "./shared-columns.ts";
import type { Column, EntityTable } from "./columns.ts";
import { ENTITY_TABLES } from "./tables.ts";
import { writeObservedTombstones } from "./tombstones.ts";

export interface WriteInput {
  /** Observations of one entity type. */
  readonly observations: readonly Observation[];
  /**
   * Time of this database's clock, RFC 3339 with microseconds, read before the upstream request; undefined if not
   * known.
   */
  readonly requestedAt: string | undefined;
}

/** Observations of one entity type as they are sent to the database. */
export interface PreparedObservations {
  readonly type: EntityType;
  readonly folded: Folded;
  readonly tombstones: readonly Candidate[];
  /** Parameters of the statement that writes the records; undefined: there are none. */
  readonly parameters: readonly string[] | undefined;
}

/** Prepares observations to be written. Needs no transaction, so that it can be done while another one is committed. */
export function prepareObservations(
  tenantId: string,
  type: EntityType,
  observations: readonly Observation[],
): PreparedObservations {
  const table = tableOf(type);
  const folded = foldByObject(observations.map((observation) => candidateOf(tenantId, table, observation)));
  const records = folded.candidates.filter((candidate) => candidate.observation.record !== undefined);
  const tombstones = folded.candidates.filter((candidate) => candidate.observation.record === undefined);
  const parameters = records.length > 0 ? parametersOf(records, table.columns.length) : undefined;
  return { type, folded, tombstones, parameters };
}

/** The union over the tables cannot be called with a union of records; `type` ties the two together. */
function tableOf(type: EntityType): EntityTable<unknown> {
  return ENTITY_TABLES[type] as EntityTable<unknown>;
}

/** Writes observations of one entity type as `writePrepared` does. */
export function writeObservations(tx: Transaction, type: EntityType, input: WriteInput): Promise<Outcome[]> {
  return writePrepared(tx, prepareObservations(tx.tenantId, type, input.observations), input.requestedAt);
}

/**
 * Writes observations of one entity type, each only if it is newer than the stored state, and returns the outcome of
 * each. One statement for the records and one for the tombstones, however many; one more only if some were not newer.
 * @param requestedAt see `WriteInput.requestedAt`
 */
export async function writePrepared(
  tx: Transaction,
  { type, folded, tombstones, parameters }: PreparedObservations,
  requestedAt: string | undefined,
): Promise<Outcome[]> {
  const table = tableOf(type);
  const written = new Map<string, ChangeKind | "unchanged">();
  if (parameters !== undefined) await upsert(tx, table, parameters, requestedAt, written);
  if (tombstones.length > 0) await writeObservedTombstones(tx, table, tombstones, requestedAt, written);
  const refused = folded.candidates.filter((candidate) => !written.has(candidate.observation.id));
  const reasons = refused.length > 0 ? await whyRefused(tx, table, refused) : new Map<string, Outcome["result"]>();
  await confirm(tx, table, reasons);
  const outcomes: Outcome[] = folded.stale.map((observation) => ({ observation, result: "stale" }));
  for (const { observation } of folded.candidates) {
    const result = written.get(observation.id) ?? reasons.get(observation.id) ?? "conflict";
    outcomes.push({ observation, result });
    // Another observation of this batch could not be ordered against this one: only the upstream can decide.
    if (folded.ambiguous.has(observation.id) && result !== "conflict")
      outcomes.push({ observation, result: "conflict" });
  }
  return outcomes;
}

export function candidateOf(tenantId: string, table: EntityTable<unknown>, observation: Observation): Candidate {
  const { record } = observation;
  if (record === undefined) return { observation, values: [], extensions: null, contentHash: null };
  const idOf = (type: EntityType, externalId: string) => entityId(tenantId, observation.sourceId, type, externalId);
  const values = table.columns.map((column) => column.value(record, idOf));
  const extensions = JSON.stringify(record.extensions);
  const hashed = hashedValues(table, values);
  hashed.push(record.createdAt ?? null, extensions);
  return { observation, values, extensions, contentHash: contentHash(hashed) };
}

/**
 * Returns the values that form the content: without volatile ones, and without those of added columns that have none.
 */
function hashedValues(table: EntityTable<unknown>, values: readonly (string | null)[]): (string | null)[] {
  const hashed: (string | null)[] = [];
  let index = 0;
  for (const { name, volatile, added } of table.columns) {
    const value = values[index] ?? null;
    index += 1;
    if (volatile === true || (added === true && value === null)) continue;
    hashed.push(added === true ? `${name}=${value}` : value);
  }
  return hashed;
}

async function upsert(
  tx: Transaction,
  table: EntityTable<unknown>,
  parameters: readonly string[],
  requestedAt: string | undefined,
  written: Map<string, ChangeKind | "unchanged">,
): Promise<void> {
  const rows = await tx.query<{ id: string; is_unchanged: boolean | null }>(
    upsertStatement(table.table, table.columns),
    [tx.tenantId, requestedAt ?? null, ...parameters],
    { prepared: true },
  );
  for (const row of rows) {
    written.set(row.id, row.is_unchanged === null ? "CREATED" : row.is_unchanged ? "unchanged" : "UPDATED");
  }
}

const statements = new Map<string, string>();

/** Returns the text of the upsert of one table; the same text each time, so it is built once. */
function upsertStatement(table: string, own: readonly Column<unknown>[]): string {
  const existing = statements.get(table);
  if (existing !== undefined) return existing;
  const incoming = [
    ...SHARED.map(([name, type]) => [name, type] as const),
    ...own.map(({ name, type }) => [name, type] as const),
  ];
  const names = incoming.map(([name]) => name);
  // In the select list arrays are read value by value; in FROM each of them would first be copied as a whole.
  const unnested = incoming.map(([name, type], index) => `unnest($${index + 3}::${type}[]) as ${name}`);
  const changes = changesOf(table);
  const replaced = [...ALWAYS, "content_hash", "extensions", ...own.map(({ name }) => name)];
  const statement = `
    insert into ${table} as stored (tenant_id, ordered_at, observed_at, written_at, ${names.join(", ")})
    select $1, coalesce(incoming.created_at, now()), now(), clock_timestamp(), ${names.map((name) => `incoming.${name}`).join(", ")}
    from (select ${unnested.join(", ")}) as incoming
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
      revision = case when ${changes} then greatest(stored.revision + 1, 2) else stored.revision end,
      changed_at = case when ${changes} then clock_timestamp() else stored.changed_at end,
      changed_via = case when ${changes} then excluded.via else stored.changed_via end,
      caused_by = case when ${changes} then excluded.caused_by else stored.caused_by end,
      replaced_hash = case when stored.deleted_at is null then stored.content_hash end
    where ${newerThanStored("$2")}
    returning stored.id, stored.replaced_hash = stored.content_hash as is_unchanged`;
  statements.set(table, statement);
  return statement;
}

/**
 * Returns the SQL condition that the incoming row changes what is recorded of the stored one: what the triggers
 * `..._change_numbered` ask, which number the changes of every other statement. A function call for each row would cost
 * more than all comparisons.
 */
function changesOf(table: string): string {
  const recorded = createdColumns(table).filter((column) => column !== "created_at" && column !== "deleted_at");
  const list = (row: string): string => recorded.map((column) => `${row}.${column}`).join(", ");
  return `(stored.deleted_at is not null or (excluded.content_hash is distinct from stored.content_hash
    and ((${list("excluded")}, coalesce(excluded.created_at, stored.created_at)) is distinct from (${list("stored")}, stored.created_at))))`;
}

/** Updates the observation time of objects that were observed unchanged, although there is nothing else to write. */
async function confirm(
  tx: Transaction,
  table: EntityTable<unknown>,
  reasons: ReadonlyMap<string, Outcome["result"]>,
): Promise<void> {
  const ids = [...reasons].flatMap(([id, result]) => (result === "unchanged" ? [id] : []));
  if (ids.length === 0) return;
  await tx.query(`update ${table.table} set observed_at = now() where id = any($1)`, [ids]);
}

/**
 * Classifies objects whose stored state was not provably older: it is provably newer, the same, or cannot be ordered.
 */
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
    reasons.set(observation.id, older ? "stale" : same ? "unchanged" : "conflict");
  }
  return reasons;
}
