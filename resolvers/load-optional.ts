import type { Loader } from "../src/graph/loaders/define-loader.ts";

/** Loads the object of an id; null for no id, and for an object that has not been stored yet. */
export async function loadOptional<Row>(
  loader: Loader<string, Row | undefined>,
  id: string | null,
): Promise<Row | null> {
  return id === null ? null : ((await loader.load(id)) ?? null);
}
