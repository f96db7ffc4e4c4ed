import type { EntityType } from "../../domain/ids.ts";
import type { Transaction } from "../../store/database.ts";
import { CONTENT_COLUMNS, contentsById, observedContents } from "../../store/entities/compare-content.ts";
import type { Observation } from "../../store/entities/observation.ts";

/** A stream in a run that compares it. */
export interface ComparedStream {
  readonly runId: string;
  readonly sourceId: string;
  readonly stream: string;
}

/** An object whose stored state is not proven to be the upstream's. */
export interface Suspect {
  readonly type: EntityType;
  readonly id: string;
  readonly externalId: string;
  /** Hash of the upstream's values when they were last seen; null: the upstream did not list it. */
  readonly content: string | null;
  /** Hash of the stored values at that time; null: it was not stored. */
  readonly ourContent: string | null;
}

/** How an observed object compares with what is stored. */
export interface Contents {
  readonly id: string;
  readonly content: string;
  /** Null: not stored, or stored as deleted. */
  readonly ourContent: string | null;
  readonly isEqual: boolean;
  readonly isWrittenSince: boolean;
  /** True if no write has changed its values since the comparison began. */
  readonly isUnchanged: boolean;
}

/** Columns of `compared_objects` that a content query has. */
export const WRITTEN =
  "external_id, day, content, minor, currency, exponent, our_content, our_minor, our_currency, our_exponent";

/** What becomes of an object that was looked at and differs. */
interface Look {
  readonly look: number;
  readonly unequal: "SUSPECT" | "UNRESOLVED";
  readonly problem?: string;
}

/**
 * Records how observed objects of one type compare with what is stored.
 * @param observations each object once
 * @returns ids of objects whose stored values are not those that were last written: no change of the upstream explains it
 */
export async function recordCompared(
  tx: Transaction,
  { runId, stream }: ComparedStream,
  type: EntityType,
  observations: readonly Observation[],
  { look, unequal, problem }: Look,
): Promise<readonly string[]> {
  if (observations.length === 0) return [];
  const { text, values } = observedContents(tx.tenantId, type, observations, undefined);
  const at = (index: number): string => `$${values.length + index}`;
  const rows = await tx.query<{ id: string }>(
    `with compared as materialized (select * from (${text}) as compared (${CONTENT_COLUMNS})), written as (
       insert into compared_objects (tenant_id, run_id, stream, entity_type, entity_id, ${WRITTEN}, state, look, problem)
       select $1, ${at(1)}, ${at(2)}, ${at(3)}, entity_id, ${WRITTEN}, case when is_equal then 'EQUAL' else ${at(4)} end, ${at(5)},
         case when not is_equal then ${at(6)} end
       from compared
       on conflict (tenant_id, run_id, stream, entity_id) do update set
         ${[...WRITTEN.split(", "), "state", "look", "problem"].map((name) => `${name} = excluded.${name}`).join(", ")}
     ) select entity_id as id from compared where is_corrupt`,
    [...values, runId, stream, type, unequal, look, problem ?? null],
  );
  return rows.map(({ id }) => id);
}

/** Compares observed objects of one type with what is stored, without recording anything. */
export function compareObserved(
  tx: Transaction,
  type: EntityType,
  observations: readonly Observation[],
  since: string,
  startedAt: string,
): Promise<Contents[]> {
  const { text, values } = observedContents(tx.tenantId, type, observations, since);
  return tx.query<Contents & Record<string, unknown>>(
    `select entity_id as id, content, our_content as "ourContent", is_equal as "isEqual", is_written_since as "isWrittenSince",
       coalesce(changed_at < $${values.length + 1}::timestamptz, false) as "isUnchanged"
     from (${text}) as compared (${CONTENT_COLUMNS})`,
    [...values, startedAt],
  );
}

/** Records objects whose listed item could not be read: nothing is concluded about them. */
export async function recordUnreadable(
  tx: Transaction,
  { runId, stream }: ComparedStream,
  objects: readonly { readonly type: EntityType; readonly id: string; readonly externalId: string }[],
): Promise<void> {
  if (objects.length === 0) return;
  await tx.query(
    `insert into compared_objects (tenant_id, run_id, stream, entity_type, entity_id, external_id, day, state, look)
     select $1, $2, $3, incoming.type, incoming.id, incoming.external_id, '-infinity', 'UNSETTLED', 0
     from unnest($4::text[], $5::text[], $6::text[]) as incoming (type, id, external_id) on conflict do nothing`,
    [
      tx.tenantId,
      runId,
      stream,
      objects.map(({ type }) => type),
      objects.map(({ id }) => id),
      objects.map(({ externalId }) => externalId),
    ],
  );
}

/** Removes objects that neither side has any more, or that the upstream has reported as deleted. */
export async function forgetCompared(
  tx: Transaction,
  { runId, stream }: ComparedStream,
  ids: readonly string[],
): Promise<void> {
  if (ids.length === 0) return;
  await tx.query("delete from compared_objects where run_id = $1 and stream = $2 and entity_id = any($3)", [
    runId,
    stream,
    ids,
  ]);
}

/** Removes everything that an earlier listing of the stream in this run has recorded. */
export async function forgetListing(tx: Transaction, { runId, stream }: ComparedStream): Promise<void> {
  await tx.query("delete from compared_objects where run_id = $1 and stream = $2", [runId, stream]);
}

const SUSPECT = `select entity_type as type, entity_id as id, external_id as "externalId", content, our_content as "ourContent" from compared_objects
  where run_id = $1 and stream = $2 and state = 'SUSPECT' and look < $3`;

/** Finds some suspects of one of the types that this round has not looked at yet, those of one type. */
export function findSuspects(
  tx: Transaction,
  { runId, stream }: ComparedStream,
  look: number,
  types: readonly EntityType[],
  limit: number,
): Promise<Suspect[]> {
  return tx.query<Suspect & Record<string, unknown>>(
    `${SUSPECT} and entity_type = (select min(first.entity_type) from compared_objects as first where first.run_id = $1
       and first.stream = $2 and first.state = 'SUSPECT' and first.look < $3 and first.entity_type = any($4))
     order by entity_id limit $5`,
    [runId, stream, look, types, limit],
  );
}

/** Finds those of the objects that are suspects which this round has not looked at yet. */
export function findSuspectsAmong(
  tx: Transaction,
  { runId, stream }: ComparedStream,
  look: number,
  ids: readonly string[],
): Promise<Suspect[]> {
  return tx.query<Suspect & Record<string, unknown>>(`${SUSPECT} and entity_id = any($4)`, [runId, stream, look, ids]);
}

/** Suspects of one type. */
export interface SuspectCount {
  readonly type: EntityType;
  readonly listed: number;
  readonly unlisted: number;
}

export function countSuspects(tx: Transaction, { runId, stream }: ComparedStream): Promise<SuspectCount[]> {
  return tx.query<SuspectCount & Record<string, unknown>>(
    `select entity_type as type, count(content)::integer as listed, (count(*) - count(content))::integer as unlisted
     from compared_objects where run_id = $1 and stream = $2 and state = 'SUSPECT' group by entity_type`,
    [runId, stream],
  );
}

/** Returns the types of which the upstream has listed an object. */
export async function listedTypes(
  tx: Transaction,
  { runId, stream }: ComparedStream,
): Promise<ReadonlySet<EntityType>> {
  const rows = await tx.query<{ type: EntityType }>(
    "select distinct entity_type as type from compared_objects where run_id = $1 and stream = $2 and content is not null",
    [runId, stream],
  );
  return new Set(rows.map(({ type }) => type));
}

/** Records that the upstream no longer has objects that it listed before: the next round decides. */
export async function markAbsent(
  tx: Transaction,
  { runId, stream }: ComparedStream,
  look: number,
  ids: readonly string[],
): Promise<void> {
  if (ids.length === 0) return;
  await tx.query(
    `update compared_objects set content = null, minor = null, currency = null, exponent = null, look = $3
     where run_id = $1 and stream = $2 and entity_id = any($4)`,
    [runId, stream, look, ids],
  );
}

/** Leaves objects to the next round. */
export async function leaveToNextLook(
  tx: Transaction,
  { runId, stream }: ComparedStream,
  look: number,
  ids: readonly string[],
): Promise<void> {
  if (ids.length === 0) return;
  await tx.query("update compared_objects set look = $3 where run_id = $1 and stream = $2 and entity_id = any($4)", [
    runId,
    stream,
    look,
    ids,
  ]);
}

/** Ends the search about objects of which nothing can be concluded. */
export async function markUnresolved(
  tx: Transaction,
  { runId, stream }: ComparedStream,
  ids: readonly string[],
  problem: string,
): Promise<void> {
  if (ids.length === 0) return;
  await tx.query(
    "update compared_objects set state = 'UNRESOLVED', problem = $4 where run_id = $1 and stream = $2 and entity_id = any($3)",
    [runId, stream, ids, problem],
  );
}

/** Ends the search about objects that the upstream keeps changing: they are not proven to differ. */
export async function leaveUnsettled(tx: Transaction, { runId, stream }: ComparedStream): Promise<void> {
  await tx.query(
    "update compared_objects set state = 'UNSETTLED' where run_id = $1 and stream = $2 and state = 'SUSPECT'",
    [runId, stream],
  );
}

/** Returns a query of the repaired objects of one type with what is stored of them now. Its parameters are the run and the stream. */
export function repairedContents(type: EntityType): string {
  const ids = `array(select entity_id from record_differences where run_id = $1 and stream = $2 and entity_type = '${type}'
    and repaired_at is not null and verified_at is null)`;
  return `
    select difference.entity_id, stored.written_at, difference.repaired_at,
      case when difference.kind = 'INVENTED' then stored.content is null else stored.content = compared.content end as is_equal
    from record_differences as difference
    left join compared_objects as compared on compared.tenant_id = difference.tenant_id and compared.run_id = difference.run_id
      and compared.stream = difference.stream and compared.entity_id = difference.entity_id
    left join (${contentsById(type, ids)}) as stored on stored.entity_id = difference.entity_id
    where difference.run_id = $1 and difference.stream = $2 and difference.entity_type = '${type}'
      and difference.repaired_at is not null and difference.verified_at is null`;
}
