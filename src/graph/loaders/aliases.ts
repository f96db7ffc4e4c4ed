import { typeOfId } from "../../domain/ids.ts";
import { type SourceIdRow, findAliases, findSourceIds } from "../../store/queries/find-aliases.ts";
import { type LoaderSpec, grouped, inOrder, reading } from "./define-loader.ts";

/**
 * Loads the global id of the object to which an alias belongs, an id given to it later or by mistake; undefined if
 * there is none.
 */
export const rootByAlias: LoaderSpec<string, string | undefined> = {
  key: (id) => id,
  maxBatch: 1_000,
  load: async ({ database, tenantId }, ids) => {
    const possible = ids.filter((id) => typeOfId(id) !== undefined);
    if (possible.length === 0) return ids.map(() => undefined);
    const rows = await database.read(tenantId, (tx) => findAliases(tx, possible));
    return inOrder(ids, rows, ({ id }) => id).map((row) => (row?.rootId === row?.id ? undefined : row?.rootId));
  },
};

/** Loads all ids that an object has had at its source, the oldest first; empty for an object that has had only one. */
export const sourceIdsByEntity: LoaderSpec<string, readonly SourceIdRow[]> = {
  key: (id) => id,
  maxBatch: 1_000,
  load: reading(async (tx, ids) => grouped(ids, await findSourceIds(tx, ids), ({ rootId }) => rootId)),
};
