import type { PlatformConfig, Platforms } from "../../config.ts";
import { ServiceError } from "../../domain/error.ts";
import type { Database, Transaction } from "../../store/database.ts";
import type { Keyring } from "../secrets/keyring.ts";
import type { AccountHash } from "./account-hash.ts";
import { openSettings } from "./read-stored-source.ts";
import { credentialOf, credentialsEndOf } from "./refusals.ts";
import { lockSettings } from "./source-settings.ts";

export interface RefreshCredentialsOptions {
  readonly db: Pick<Database, "acrossTenants" | "transaction">;
  readonly keyring: Keyring;
  readonly accountHash: AccountHash;
  /** Of the settings file, which was read now: the file that was read last counts. */
  readonly platforms: Platforms;
  /** Stops the work between two batches. */
  readonly signal: AbortSignal;
}

const BATCH = 100;

/**
 * Names the credential of connected sources again whose platform has other settings than when it was named: by that name
 * their budget is shown, their subscribers learn that it was closed, and sources that share it are found. Without a
 * change it costs a statement for each platform.
 * @throws ServiceError STORE_UNAVAILABLE | INTERNAL: then it is to be repeated
 */
export async function refreshCredentials(options: RefreshCredentialsOptions): Promise<void> {
  const { db, accountHash, platforms, signal } = options;
  for (const platform of platforms.values()) {
    const platformHash = accountHash(platform.id, JSON.stringify([platform.connector, platform.config]));
    for (let after: string | undefined = ""; after !== undefined && !signal.aborted;) {
      const sources = await findOutdated(db, platform, platformHash, after);
      for (const [tenantId, own] of Map.groupBy(sources, (source) => source.tenantId))
        await db.transaction(tenantId, async (tx) => {
          const named = [];
          for (const { id } of own) named.push((await nameAgain(tx, options, id)) ?? []);
          await store(tx, named.flat(), platformHash);
        });
      after = sources.length < BATCH ? undefined : sources.at(-1)?.id;
    }
  }
}

/** A connected source whose credential may have another name now. */
interface OutdatedSource {
  readonly tenantId: string;
  readonly id: string;
}

function findOutdated(
  db: RefreshCredentialsOptions["db"],
  { id }: PlatformConfig,
  platformHash: Buffer,
  after: string,
): Promise<readonly OutdatedSource[]> {
  return db.acrossTenants<OutdatedSource & Record<string, unknown>>(
    `select tenant_id as "tenantId", id from sources
     where platform = $1 and origin = 'CONNECTED' and disconnected_at is null and platform_hash is distinct from $2
       and id > $3
     order by id limit ${BATCH}`,
    [id, platformHash, after],
  );
}

interface NamedCredential {
  readonly id: string;
  readonly credential: string;
  readonly end: string | undefined;
}

/** Undefined: the source is not worked on, because it cannot be decrypted or its tenant may not use the platform. */
async function nameAgain(
  tx: Transaction,
  needs: Pick<RefreshCredentialsOptions, "keyring" | "platforms">,
  id: string,
): Promise<NamedCredential | undefined> {
  const stored = await lockSettings(tx, id); // a change of its own credentials waits, and is not overwritten
  if (stored?.envelope === undefined) return undefined;
  try {
    const source = openSettings(needs, stored, { tenantId: tx.tenantId, id });
    return source && { id, credential: credentialOf(source), end: credentialsEndOf(source) };
  } catch (reason) {
    if (ServiceError.from(reason).code === "STORE_UNAVAILABLE") throw reason;
    return undefined; // a read of the source fails for the same reason and reports it
  }
}

/** An update of the credential, even to the same one, makes every process read the source again. */
async function store(tx: Transaction, named: readonly NamedCredential[], platformHash: Buffer): Promise<void> {
  if (named.length === 0) return;
  const values = [named.map(({ id }) => id), named.map(({ credential }) => credential)];
  await tx.query(
    `update sources as existing set credential = incoming.credential, credentials_expire_at = incoming.credentials_end
     from unnest($1::text[], $2::text[], $3::timestamptz[]) as incoming (id, credential, credentials_end)
     where existing.id = incoming.id and existing.disconnected_at is null
       and existing.credential is distinct from incoming.credential`,
    [...values, named.map(({ end }) => end ?? null)],
  );
  await tx.query("update sources set platform_hash = $2 where id = any($1) and disconnected_at is null", [
    values[0],
    platformHash,
  ]);
}
