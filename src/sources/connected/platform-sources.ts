import { LRUCache } from "lru-cache";
import { isOpenTo, type PlatformConfig } from "../../config.ts";
import { ServiceError } from "../../domain/error.ts";
import type { Database } from "../../store/database.ts";
import type { FileSources } from "../file-sources.ts";
import type { SourceRegistry } from "../source-registry.ts";
import type { Source } from "../source.ts";
import type { AccountHash } from "./account-hash.ts";

export interface PlatformSourcesOptions {
  readonly db: Pick<Database, "acrossTenants">;
  readonly accountHash: AccountHash;
  /** Sources and platforms of the settings file. */
  readonly file: Pick<FileSources, "platforms" | "registry">;
  /** Opens a connected source. */
  readonly find: (sourceId: string) => Promise<Source | undefined>;
  /** Makes `find` read a source again. */
  readonly forget: (sourceId: string) => void;
  readonly nowMs: () => number;
}

/** Accounts whose source is kept in memory. */
const MAX_ACCOUNTS = 2_000;
/** Sources of a platform that are tried, if one of them cannot be opened. */
const MAX_TRIED = 5;
/** Time for which a platform counts as one without sources: anybody may call its address. */
const NO_SOURCES_MS = 1_000;

/**
 * Finds the sources of platforms: those of the settings file in memory, and connected ones by an index of the database,
 * without opening any other source.
 */
export function createPlatformSources(
  options: PlatformSourcesOptions,
): Pick<SourceRegistry, "findOfPlatform" | "findByAccount"> {
  const { db, file, accountHash, find, forget, nowMs } = options;
  const sourceIds = new LRUCache<string, string>({ max: MAX_ACCOUNTS });
  /** Connected source of each platform that was found last; undefined: there was none. */
  const members = new Map<string, { readonly sourceId: string | undefined; readonly atMs: number }>();

  /** A source that was connected a moment ago may be known as one that does not exist. */
  async function open(sourceId: string, isRight: (source: Source) => boolean): Promise<Source | undefined> {
    const source = await find(sourceId);
    if (source !== undefined && isRight(source)) return source;
    forget(sourceId);
    const again = await find(sourceId);
    return again !== undefined && isRight(again) ? again : undefined;
  }

  async function findMember(platform: PlatformConfig): Promise<Source | undefined> {
    const isMember = (source: Source): boolean => source.platform === platform.id;
    const last = members.get(platform.id);
    const existing = last?.sourceId === undefined ? undefined : await find(last.sourceId);
    if (existing !== undefined && isMember(existing)) return existing;
    if (last !== undefined && last.sourceId === undefined && nowMs() - last.atMs < NO_SOURCES_MS) return undefined;
    let member: Source | undefined;
    for (const sourceId of await findSourceIds(db, platform, MAX_TRIED)) {
      member ??= await open(sourceId, isMember).catch(cannotBeOpened);
    }
    members.set(platform.id, { sourceId: member?.id, atMs: nowMs() });
    return member;
  }

  async function findConnected(platform: PlatformConfig, account: string): Promise<Source | undefined> {
    const isRight = (source: Source): boolean =>
      source.platform === platform.id && source.connector.accountOf?.(source.config) === account;
    const key = accountHash(platform.id, account);
    const known = sourceIds.get(key.toString("base64"));
    const existing = known === undefined ? undefined : await find(known);
    // The registry knows every change of a source within a second, and no other source can read the same account.
    if (existing !== undefined && isRight(existing)) return existing;
    const found = await findByAccountHash(db, platform.id, key);
    if (found === undefined || !isOpenTo(platform, found.tenantId)) return undefined;
    sourceIds.set(key.toString("base64"), found.sourceId);
    return open(found.sourceId, isRight);
  }

  return {
    async findOfPlatform(id) {
      const platform = file.platforms.get(id);
      return (await file.registry.findOfPlatform(id)) ?? (platform && findMember(platform));
    },
    async findByAccount(id, account) {
      const platform = file.platforms.get(id);
      return (await file.registry.findByAccount(id, account)) ?? (platform && findConnected(platform, account));
    },
  };
}

/** Connected source with its tenant. */
interface FoundSource {
  readonly sourceId: string;
  readonly tenantId: string;
}

/** Finds the connected source that reads an account of a platform. */
export async function findByAccountHash(
  db: Pick<Database, "acrossTenants">,
  platform: string,
  accountHash: Buffer,
): Promise<FoundSource | undefined> {
  const [row] = await db.acrossTenants<FoundSource & Record<string, unknown>>(
    `select source_id as "sourceId", tenant_id as "tenantId" from source_schedules
     where platform = $1 and account_hash = $2`,
    [platform, accountHash],
  );
  return row;
}

/** Returns the ids of some connected sources of a platform: all have its settings, so it does not matter which. */
async function findSourceIds(
  db: Pick<Database, "acrossTenants">,
  { id, tenants }: PlatformConfig,
  limit: number,
): Promise<readonly string[]> {
  const rows = await db.acrossTenants<{ id: string }>(
    `select source_id as id from source_schedules
     where platform = $1 and ($2::text[] is null or tenant_id = any($2)) order by account_hash limit $3`,
    [id, tenants === "*" ? null : tenants, limit],
  );
  return rows.map((row) => row.id);
}

/** Its stored settings are not valid in this version, or no key decrypts them. */
function cannotBeOpened(reason: unknown): undefined {
  if (ServiceError.from(reason).code === "STORE_UNAVAILABLE") throw reason;
}
