import { entityId, type EntityType } from "../../domain/ids.ts";
import type { Transaction } from "../../store/database.ts";
import type { Name } from "./fold-renamings.ts";

/** Names of one kind of object of one source. */
export interface AliasScope {
  readonly sourceId: string;
  readonly entity: EntityType;
}

/**
 * One writer of a source's names at a time, until the transaction ends: a state that is written under an id of which another
 * transaction learns meanwhile that it was replaced would stand for the newer one.
 */
export async function lockNames(tx: Transaction, sourceId: string): Promise<void> {
  await tx.query("select pg_advisory_xact_lock(hashtextextended($1, 6))", [`${tx.tenantId}/${sourceId}`]);
}

/** What is known of these ids; those that have only ever been the one id of their object are left out. */
export async function findNames(tx: Transaction, scope: AliasScope, externalIds: Iterable<string>): Promise<Name[]> {
  return namesWhere(tx, "id", idsOf(tx, scope, externalIds));
}

/** All names of the objects with these roots. */
export async function findNamesOfRoots(tx: Transaction, scope: AliasScope, roots: Iterable<string>): Promise<Name[]> {
  return namesWhere(tx, "root_id", idsOf(tx, scope, roots));
}

function namesWhere(tx: Transaction, column: "id" | "root_id", ids: readonly string[]): Promise<Name[]> {
  return tx.query<Name & Record<string, unknown>>(
    `select external_id as "externalId", root_external_id as root, replaced from entity_aliases where ${column} = any($1)
     order by first_at`,
    [ids],
  );
}

/** Keeps names that are new or say something else than before, in the order in which the upstream gave them. */
export async function saveNames(tx: Transaction, scope: AliasScope, names: readonly Name[]): Promise<void> {
  await tx.query(
    `insert into entity_aliases as held
       (tenant_id, id, source_id, entity_type, external_id, root_id, root_external_id, replaced, first_at)
     select $1, offered.id, $2, $3, offered.external_id, offered.root_id, offered.root, offered.replaced,
       now() + offered.position * interval '1 microsecond'
     from unnest($4::text[], $5::text[], $6::text[], $7::text[], $8::boolean[]) with ordinality
       as offered (id, external_id, root_id, root, replaced, position)
     on conflict (tenant_id, id) do update set root_id = excluded.root_id, root_external_id = excluded.root_external_id,
       replaced = excluded.replaced`,
    [
      tx.tenantId,
      scope.sourceId,
      scope.entity,
      idsOf(
        tx,
        scope,
        names.map(({ externalId }) => externalId),
      ),
      names.map(({ externalId }) => externalId),
      idsOf(
        tx,
        scope,
        names.map(({ root }) => root),
      ),
      names.map(({ root }) => root),
      names.map(({ replaced }) => replaced),
    ],
  );
}

function idsOf(tx: Transaction, { sourceId, entity }: AliasScope, externalIds: Iterable<string>): string[] {
  return [...externalIds].map((externalId) => entityId(tx.tenantId, sourceId, entity, externalId));
}
