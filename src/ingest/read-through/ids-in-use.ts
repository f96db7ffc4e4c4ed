import type { Database } from "../../store/database.ts";
import { findSourceIds } from "../../store/queries/find-aliases.ts";
import type { Source } from "../../sources/source.ts";
import type { Call } from "./call.ts";

/**
 * Returns the ids that the upstream now uses for the objects of a call: an object keeps its first id in the store, but
 * not necessarily at the upstream.
 */
export async function idsInUse(
  db: Database,
  source: Source,
  { entity, sharedFetches }: Call,
): Promise<readonly string[]> {
  const targets = sharedFetches.map(({ target }) => target);
  if (source.connector.renames?.includes(entity) !== true) return targets.map(({ externalId }) => externalId);
  const names = await db.read(source.tenantId, (tx) =>
    findSourceIds(
      tx,
      targets.map(({ id }) => id),
    ),
  );
  const used = new Map(names.flatMap((name) => (name.replaced ? [] : [[name.rootId, name.externalId] as const])));
  return targets.map(({ id, externalId }) => used.get(id) ?? externalId);
}
