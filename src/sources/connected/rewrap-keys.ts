import type { Database, Transaction } from "../../store/database.ts";
import { rewrap } from "../secrets/envelope.ts";
import type { Keyring, MasterKey } from "../secrets/keyring.ts";
import { settingsContext } from "./read-stored-source.ts";

/** Master key with the number of records that it encrypts. */
export interface KeyUse {
  readonly keyId: string;
  readonly records: bigint;
}

/** Returns the master keys of all stored credentials, of every tenant. */
export function readKeyUses(db: Pick<Database, "query">): Promise<KeyUse[]> {
  return db.query<KeyUse & Record<string, unknown>>(
    `select key_id as "keyId", records from sluice.secret_keys order by key_id`,
  );
}

/** A table whose rows have a data key that a master key encrypts. */
export interface SealedTable {
  /** SQL of the tenants with rows of another key than `$1`, over all tenants. */
  readonly findTenants: string;
  /**
   * Encrypts the data keys of some rows of the tenant with another key; returns their number, less than `limit` if there
   * are no more.
   */
  rewrapBatch(tx: Transaction, keyring: Keyring, current: MasterKey, limit: number): Promise<number>;
}

export interface RewrapOptions {
  readonly db: Database;
  readonly keyring: Keyring;
  /** Tables beside that of the connected sources. Default: none. */
  readonly tables?: readonly SealedTable[];
  /** Called after each batch with the number of records that an old key still encrypts. */
  readonly onProgress: (remaining: bigint) => void;
  /** Stops the work between two batches. */
  readonly signal: AbortSignal;
}

const BATCH_ROWS = 100;

/**
 * Encrypts the data keys of all records with the current master key, in batches, while the records are in use: a reader
 * finds either of the two, and has both master keys.
 * @throws ServiceError STORE_UNAVAILABLE | INTERNAL
 */
export async function rewrapKeys({ db, keyring, tables = [], onProgress, signal }: RewrapOptions): Promise<void> {
  const { current } = keyring;
  if (current === undefined || (await countOld(db, current)) === 0n) return;
  for (const table of [SOURCE_SETTINGS, ...tables])
    for (const { tenantId } of await db.acrossTenants<{ tenantId: string }>(table.findTenants, [current.id])) {
      let rewrapped: number;
      do {
        if (signal.aborted) return;
        rewrapped = await db.transaction(tenantId, (tx) => table.rewrapBatch(tx, keyring, current, BATCH_ROWS));
        if (rewrapped > 0) onProgress(await countOld(db, current));
      } while (rewrapped === BATCH_ROWS);
    }
}

async function countOld(db: Database, current: MasterKey): Promise<bigint> {
  const old = (await readKeyUses(db)).filter(({ keyId }) => keyId !== current.id);
  return old.reduce((sum, { records }) => sum + records, 0n);
}

interface WrappedRow extends Record<string, unknown> {
  readonly sourceId: string;
  readonly wrappedKey: Buffer;
  readonly keyId: string;
}

const SOURCE_SETTINGS: SealedTable = {
  findTenants: `select distinct tenant_id as "tenantId" from source_settings where key_id <> $1 order by 1`,
  async rewrapBatch(tx, keyring, current, limit) {
    const rows = await tx.query<WrappedRow>(
      `select source_id as "sourceId", wrapped_key as "wrappedKey", key_id as "keyId" from source_settings
       where key_id <> $1 order by source_id limit $2 for update skip locked`,
      [current.id, limit],
    );
    if (rows.length === 0) return 0;
    const wrapped = rows.map(
      (row) =>
        rewrap(keyring, current, { ...row, sealed: NOT_NEEDED }, settingsContext(tx.tenantId, row.sourceId)).wrappedKey,
    );
    await tx.query(
      `update source_settings as existing set wrapped_key = incoming.wrapped_key, key_id = $1
       from unnest($2::text[], $3::bytea[]) as incoming (source_id, wrapped_key)
       where existing.source_id = incoming.source_id`,
      [current.id, rows.map(({ sourceId }) => sourceId), wrapped.map((bytes) => Buffer.from(bytes))],
    );
    return rows.length;
  },
};

/** The record itself is neither read nor changed. */
const NOT_NEEDED = new Uint8Array();
