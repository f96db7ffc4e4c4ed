import type { Loader } from "../src/graph/loaders/define-loader.ts";

/** Loads the objects of ids, without those that are not stored. */
export async function loadAll<Row>(loader: Loader<string, Row | undefined>, ids: readonly string[]): Promise<Row[]> {
  const rows = await Promise.all(ids.map((id) => loader.load(id)));
  return rows.filter((row) => row !== undefined);
}
