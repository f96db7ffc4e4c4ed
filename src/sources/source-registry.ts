import type { Source } from "./source.ts";

/** The sources that this process can work on. */
export interface SourceRegistry {
  /**
   * Returns a source, ready to be called; undefined if there is none with this id, in any tenant.
   * @throws ServiceError STORE_UNAVAILABLE
   */
  find(sourceId: string): Promise<Source | undefined>;
}

/** Returns a registry of given sources. */
export function registryOf(sources: Iterable<Source>): SourceRegistry {
  const byId = new Map([...sources].map((source) => [source.id, source]));
  return { find: (sourceId) => Promise.resolve(byId.get(sourceId)) };
}

/** Returns a source of a tenant; a source of another tenant is treated as not existing. */
export async function findOwnSource(
  registry: SourceRegistry,
  tenantId: string,
  sourceId: string,
): Promise<Source | undefined> {
  const source = await registry.find(sourceId);
  return source?.tenantId === tenantId ? source : undefined;
}
