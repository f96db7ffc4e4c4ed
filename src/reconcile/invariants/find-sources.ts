import type { Source } from "../../sources/source.ts";
import type { SourceRegistry } from "../../sources/source-registry.ts";

/** Finds sources by id; one that is no longer configured is left out. */
export async function findSources(
  registry: SourceRegistry,
  sourceIds: ReadonlySet<string>,
): Promise<ReadonlyMap<string, Source>> {
  const found = await Promise.all([...sourceIds].map((id) => registry.find(id)));
  return new Map(found.flatMap((source) => (source === undefined ? [] : [[source.id, source] as const])));
}
