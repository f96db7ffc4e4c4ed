import type { EntityType } from "../../domain/ids.ts";
import type { Transaction } from "../../store/database.ts";
import { ENTITY_TABLES } from "../../store/entities/tables.ts";
import type { CheckOptions } from "./check-changes.ts";
import { exists } from "../../store/queries/exists.ts";
import { findBreaches } from "./find-breaches.ts";
import { SUBJECT_TYPES } from "./invariants.ts";
import { countAgain } from "../balance-chain/count-balances.ts";
import { refreshAllOf } from "./refresh-payouts.ts";
import { recordBreaches } from "./unconfirmed-breaches.ts";

/** Maximum number of subjects in one transaction: some ten milliseconds. */
const PAGE_SIZE = 1_000;

/**
 * Checks the rules for every stored object of a tenant, page by page, and records violations; the next rounds of
 * `checkChanges` confirm them. Covers objects that have not changed since before the rule existed.
 * @returns objects that were checked
 */
export async function checkEverything(
  { db, tenantId }: Pick<CheckOptions, "db" | "tenantId">,
  signal: AbortSignal,
): Promise<number> {
  let checked = 0;
  for (const type of SUBJECT_TYPES) {
    for (let after: string | undefined = ""; after !== undefined;) {
      if (signal.aborted) return checked;
      const from: string = after;
      const ids = await db.transaction(tenantId, (tx) => checkPage(tx, type, from));
      checked += ids.length;
      after = ids.length === PAGE_SIZE ? ids.at(-1) : undefined;
    }
  }
  return checked;
}

async function checkPage(tx: Transaction, type: EntityType, after: string): Promise<readonly string[]> {
  const { table } = ENTITY_TABLES[type];
  const rows = await tx.query<{ id: string }>(
    `select id from ${table} as object where id > $1 and ${exists("object")} order by id limit ${PAGE_SIZE}`,
    [after],
  );
  const ids = rows.map(({ id }) => id);
  if (ids.length === 0) return ids;
  const subjects = new Map([[type, new Set(ids)]]);
  if (type === "Payout") await refreshAllOf(tx, ids);
  if (type === "Account") await countAgain(tx, ids);
  await recordBreaches(tx, subjects, await findBreaches(tx, subjects));
  return ids;
}
