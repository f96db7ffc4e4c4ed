import type { SealedTable } from "../sources/connected/rewrap-keys.ts";
import { rewrapEndpoint, type SealedColumns } from "./sealed-endpoint.ts";

interface WrappedRow extends SealedColumns, Record<string, unknown> {
  readonly id: string;
}

/** Encrypts the data keys of endpoints with the current master key. */
export const ALERT_ENDPOINT_KEYS: SealedTable = {
  findTenants: `select distinct tenant_id as "tenantId" from alert_endpoints where key_id <> $1 order by 1`,
  async rewrapBatch(tx, keyring, current, limit) {
    const rows = await tx.query<WrappedRow>(
      `select id, sealed, wrapped_key as "wrappedKey", key_id as "keyId" from alert_endpoints
       where key_id <> $1 order by id limit $2 for update skip locked`,
      [current.id, limit],
    );
    if (rows.length === 0) return 0;
    const wrapped = rows.map((row) => rewrapEndpoint(keyring, current, tx.tenantId, row.id, row).wrappedKey);
    await tx.query(
      `update alert_endpoints as existing set wrapped_key = incoming.wrapped_key, key_id = $1
       from unnest($2::text[], $3::bytea[]) as incoming (id, wrapped_key) where existing.id = incoming.id`,
      [current.id, rows.map(({ id }) => id), wrapped.map((bytes) => Buffer.from(bytes))],
    );
    return rows.length;
  },
};
