import { entityId, type EntityType } from "../../../domain/ids.ts";
import type { Transaction } from "../../../store/database.ts";
import type { Name } from "./merge-aliases.ts";

/** Names of one object type of one source. */
export interface AliasScope {
  readonly sourceId: string;
  readonly entity: EntityType;
}

/**
 * Locks a source's names for one writer until the end of the transaction. Otherwise a state could be written under an
 * id that another transaction concurrently records as replaced, and would count as the newer state.
 */
export async function lockAliases(tx: Transaction, sourceId: string): Promise<void> {
  await tx.query("select pg_advisory_xact_lock(hashtextextended($1, 6))", [`${tx.tenantId}/${sourceId}`], {
    prepared: true,
  });
}

/** Finds the known names of these ids; ids that have always been the only id of their object are left out. */
export async function findAliasesOf(
  tx: Transaction,
  scope: AliasScope,
  externalIds: Iterable<string>,
): Promise<Name[]> {
  return namesWhere(tx, "id", idsOf(tx, scope, externalIds));
}

/** Finds all names of the objects with these roots. */
export async function findAliasesOfCanonical(
  tx: Transaction,
  scope: AliasScope,
  roots: Iterable<string>,
): Promise<Name[]> {
  return namesWhere(tx, "root_id", idsOf(tx, scope, roots));
}

function namesWhere(tx: Transaction, column: "id" | "root_id", ids: readonly string[]): Promise<Name[]> {
  return tx.query<Name & Record<string, unknown>>(
    `select external_id as "externalId", root_external_id as root, replaced from entity_aliases where ${column} = any($1)
     order by first_at`,
    [ids],
    { prepared: true },
  );
}

/** Stores names that are new or have changed, in the order in which the upstream assigned them. */
export async function saveAliases(tx: Transaction, scope: AliasScope, names: readonly Name[]): Promise<void> {
  await tx.query(
    `insert into entity_aliases as existing
       (tenant_id, id, source_id, entity_type, external_id, root_id, root_external_id, replaced, first_at)
     select $1, incoming.id, $2, $3, incoming.external_id, incoming.root_id, incoming.root, incoming.replaced,
       now() + incoming.position * interval '1 microsecond'
     from unnest($4::text[], $5::text[], $6::text[], $7::text[], $8::boolean[]) with ordinality
       as incoming (id, external_id, root_id, root, replaced, position)
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
    { prepared: true },
  );
}

function idsOf(tx: Transaction, { sourceId, entity }: AliasScope, externalIds: Iterable<string>): string[] {
  return [...externalIds].map((externalId) => entityId(tx.tenantId, sourceId, entity, externalId));
}
