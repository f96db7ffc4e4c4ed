import type { Loader } from "../src/loaders/define-loader.ts";

/** What an id names; null for no id, and for an object that was never seen. */
export async function loadOptional<Row>(
  loader: Loader<string, Row | undefined>,
  id: string | null,
): Promise<Row | null> {
  return id === null ? null : ((await loader.load(id)) ?? null);
}
