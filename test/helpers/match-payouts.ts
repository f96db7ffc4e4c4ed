import type { PayoutRoute } from "../../src/domain/payout-route.ts";
import { storeFileRoutes } from "../../src/reconcile/payout-bank/file-routes.ts";
import { matchChanges } from "../../src/reconcile/payout-bank/match-changes.ts";
import type { Database } from "../../src/store/database.ts";

export interface MatchEverything {
  readonly database: Database;
  readonly tenantId: string;
  /** Of the settings file. */
  readonly routes?: readonly PayoutRoute[];
  /** Date by which it is decided whether a payout is late. Default: 20 January 2026. */
  readonly today?: string;
}

/** Matches all payouts of a tenant, those that were written without an event too. */
export async function matchEverything({
  database,
  tenantId,
  routes = [],
  today = "2026-01-20",
}: MatchEverything): Promise<void> {
  await database.transaction(tenantId, (tx) =>
    tx.query("update payout_match_progress set sweep_type = 'Payout', sweep_day = '-infinity', sweep_after = ''"),
  );
  await database.transaction(tenantId, (tx) => storeFileRoutes(tx, routes));
  while (await matchChanges({ db: database, tenantId, now: () => Date.parse(today) }));
}
