import type { Source } from "./source.ts";

/** The sources that this process can work on. */
export interface SourceRegistry {
  /**
   * Returns a source, ready to be called; undefined if there is none with this id, in any tenant.
   * @throws ServiceError STORE_UNAVAILABLE
   */
  find(sourceId: string): Promise<Source | undefined>;
  /** Returns any source of a platform: all of them share its settings. Undefined: there is no such platform. */
  findOfPlatform(platform: string): Promise<Source | undefined>;
  /** Returns the source of a platform that reads an account at the provider. */
  findByAccount(platform: string, account: string): Promise<Source | undefined>;
}

/** Returns a registry of given sources. */
export function registryOf(sources: Iterable<Source>): SourceRegistry {
  const byId = new Map([...sources].map((source) => [source.id, source]));
  const platforms = new Map<string, Map<string, Source>>();
  for (const source of byId.values()) {
    const account = source.connector.accountOf?.(source.config);
    if (source.platform === undefined || account === undefined) continue;
    const accounts = platforms.get(source.platform) ?? new Map<string, Source>();
    platforms.set(source.platform, accounts.set(account, source));
  }
  return {
    find: (sourceId) => Promise.resolve(byId.get(sourceId)),
    findOfPlatform: (platform) => Promise.resolve(platforms.get(platform)?.values().next().value),
    findByAccount: (platform, account) => Promise.resolve(platforms.get(platform)?.get(account)),
  };
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
