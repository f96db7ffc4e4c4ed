import { typeOfId } from "../domain/ids.ts";
import { findAliases } from "../store/read/find-aliases.ts";
import { inOrder, type LoaderSpec } from "./define-loader.ts";

/** The global id of the object that an id which it had later, or by mistake, belongs to; undefined where there is none. */
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
