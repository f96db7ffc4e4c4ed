import { ConfigError, isOpenTo, type Platforms, type SourceConfig } from "../../config.ts";
import type { ServiceError } from "../../domain/error.ts";
import { appendEvents } from "../../events/append.ts";
import type { Database } from "../../store/database.ts";
import { recordCall } from "../source-status.ts";
import type { AccountHash } from "./account-hash.ts";
import { accountOf } from "./refusals.ts";

export interface SettingsFile {
  readonly sources: readonly SourceConfig[];
  readonly platforms: Platforms;
  readonly accountHash: AccountHash;
}

/**
 * Refuses a settings file that clashes with sources that were connected: an id, or an account of a platform, has one
 * place where it is defined. Otherwise the file would silently take over the data of the other source.
 * @throws ConfigError
 */
export async function refuseClashes(db: Pick<Database, "acrossTenants">, file: SettingsFile): Promise<void> {
  const { sources, platforms } = file;
  await refuseConnectedIds(
    db,
    "sources",
    sources.map(({ id }) => id),
  );
  await refuseConnectedIds(db, "platforms", [...platforms.keys()]);
  await refuseConnectedAccounts(db, file);
}

async function refuseConnectedIds(
  db: Pick<Database, "acrossTenants">,
  path: string,
  ids: readonly string[],
): Promise<void> {
  const [found] = await db.acrossTenants<{ id: string }>(
    "select id from sources where origin = 'CONNECTED' and id = any($1) order by id limit 1",
    [ids],
  );
  if (found === undefined) return;
  const expected = `must not name "${found.id}", which was connected by connectSource: choose another id, or erase it with disconnectSource first`;
  throw new ConfigError([{ path, expected }]);
}

async function refuseConnectedAccounts(
  db: Pick<Database, "acrossTenants">,
  { sources, accountHash }: SettingsFile,
): Promise<void> {
  const accounts = sources.flatMap((source, index) => {
    const [platform, account] = [source.platform, accountOf(source)];
    return platform === undefined || account === undefined ? [] : [{ index, platform, account }];
  });
  const [found] = await db.acrossTenants<{ id: string; place: bigint }>(
    `select source_id as id, place from unnest($1::text[], $2::bytea[]) with ordinality as own (platform, account_hash, place)
     join source_schedules using (platform, account_hash) order by place limit 1`,
    [accounts.map(({ platform }) => platform), accounts.map(({ platform, account }) => accountHash(platform, account))],
  );
  if (found === undefined) return;
  const index = accounts[Number(found.place) - 1]?.index ?? 0;
  const expected = `must not name an account that "${found.id}" reads, which was connected by connectSource: disconnect it with disconnectSource first`;
  throw new ConfigError([{ path: `sources[${index}].config`, expected }]);
}

/** Sources that are not worked on. */
export interface UnusableSources {
  readonly platform: string;
  readonly tenantId: string;
  readonly sources: number;
}

/** Reports the connected sources whose tenant may not use their platform, or whose platform is not in the file. */
export async function warnOfUnusable(
  db: Pick<Database, "acrossTenants">,
  platforms: Platforms,
  warn: (about: UnusableSources) => void,
): Promise<void> {
  const used = await db.acrossTenants<UnusableSources & Record<string, unknown>>(
    `select platform, tenant_id as "tenantId", count(*)::integer as sources from source_schedules
     where platform is not null group by platform, tenant_id order by platform, tenant_id`,
  );
  for (const about of used) {
    const platform = platforms.get(about.platform);
    if (platform === undefined || !isOpenTo(platform, about.tenantId)) warn(about);
  }
}

/** Shows a source that is not worked on as one that needs credentials, with the reason. */
export function recordUnusable(
  db: Pick<Database, "transaction">,
  tenantId: string,
  sourceId: string,
  error: ServiceError,
): Promise<void> {
  return db.transaction(tenantId, async (tx) => {
    const events = await recordCall(tx, sourceId, "reject", error);
    if (events.length > 0) await appendEvents(tx, events);
  });
}
