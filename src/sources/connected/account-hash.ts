import { createHmac } from "node:crypto";
import { ServiceError } from "../../domain/error.ts";
import type { Database } from "../../store/database.ts";

/**
 * Returns the keyed hash by which the account of a source is found within its platform: 32 bytes, the same in every
 * replica. The tables in which work is found over all tenants contain it, and no id of a provider.
 */
export type AccountHash = (platform: string, account: string) => Buffer;

export function createAccountHash(key: Uint8Array): AccountHash {
  // JSON, because the platform's name cannot run into the account's.
  return (platform, account) =>
    createHmac("sha256", key)
      .update(JSON.stringify([platform, account]))
      .digest();
}

/**
 * Loads the key that all replicas share. The migration creates it.
 * @throws ServiceError STORE_UNAVAILABLE | INTERNAL when the database is not migrated
 */
export async function loadAccountHash(db: Pick<Database, "query">): Promise<AccountHash> {
  const [row] = await db.query<{ value: Uint8Array }>("select value from instance_keys where name = 'account'");
  if (row === undefined) throw new ServiceError("INTERNAL", "internal error", { detail: "instance key is missing" });
  return createAccountHash(row.value);
}
