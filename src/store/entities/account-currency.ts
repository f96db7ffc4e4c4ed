import type { Transaction } from "../database.ts";

/**
 * Sets the currency of a stored account, or none, even when the message that reported it is older than the one that the
 * account's values come from. The suffix of the content hash ensures that the next write of the account is not
 * considered unchanged.
 * @returns true if it changed
 */
export async function setAccountCurrency(
  tx: Transaction,
  accountId: string,
  currency: string | undefined,
): Promise<boolean> {
  const rows = await tx.query(
    `update accounts
     set currency = $2, content_hash = split_part(content_hash, ':', 1) || ':' || coalesce($2, '')
     where id = $1 and currency is distinct from $2 and content_hash is not null and deleted_at is null returning 1 as changed`,
    [accountId, currency ?? null],
  );
  return rows.length > 0;
}
