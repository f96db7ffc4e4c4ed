import type { Database } from "../store/database.ts";
import { findSourceIds } from "../store/read/find-aliases.ts";
import type { Source } from "../upstream/source.ts";
import type { Call } from "./call.ts";

/** The ids by which the upstream knows the objects of a call now: an object keeps the first that it had, the upstream need not. */
export async function idsInUse(db: Database, source: Source, { entity, flights }: Call): Promise<readonly string[]> {
  const targets = flights.map(({ target }) => target);
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
