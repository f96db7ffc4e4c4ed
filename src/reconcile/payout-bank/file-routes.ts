import type { PayoutRoute } from "../../domain/payout-route.ts";
import type { Database, Transaction } from "../../store/database.ts";
import { lockProgress, withSweep, writeProgress } from "./match-progress.ts";
import { hashOf, textOfFileRoutes } from "./stored-routes.ts";

/** Routes of a settings file by tenant. */
export type RoutesByTenant = ReadonlyMap<string, readonly PayoutRoute[]>;

/**
 * The routes of the settings file. They are stored, and every process matches by what is stored: processes whose files
 * differ, as while a change is rolled out, would otherwise match everything again by turns. The file that was read last
 * counts.
 */
export interface FileRoutes {
  /** Stores the routes, unless they are stored. @throws ServiceError STORE_UNAVAILABLE: then it must be called again */
  publish(): Promise<void>;
  /** Stores other routes: the file was read again. @throws ServiceError STORE_UNAVAILABLE: then it is to be repeated */
  replace(routes: RoutesByTenant): Promise<void>;
}

export function createFileRoutes(db: Database, first: RoutesByTenant): FileRoutes {
  let pending: RoutesByTenant | undefined = first;

  async function publish(): Promise<void> {
    const routes = pending;
    if (routes === undefined) return;
    for (const tenantId of await findOthers(db, routes))
      await db.transaction(tenantId, (tx) => storeFileRoutes(tx, routes.get(tenantId) ?? []));
    if (pending === routes) pending = undefined;
  }

  return {
    publish,
    replace(routes) {
      pending = routes;
      return publish();
    },
  };
}

/** Stores the routes of the caller's tenant; if they are others than before, everything is matched again. */
export async function storeFileRoutes(tx: Transaction, routes: readonly PayoutRoute[]): Promise<void> {
  const progress = await lockProgress(tx, "wait");
  const routesHash = hashOf(routes);
  if (progress !== undefined && progress.routesHash !== routesHash)
    await writeProgress(tx, withSweep({ ...progress, routesHash }));
  await tx.query("update payout_match_progress set file_routes = $1", [textOfFileRoutes(routes)]);
}

/** Finds the tenants for which other routes are stored, by one statement over all tenants. */
async function findOthers(db: Database, routes: RoutesByTenant): Promise<readonly string[]> {
  const declared = [...routes];
  const rows = await db.acrossTenants<{ tenantId: string }>(
    `select tenant_id as "tenantId" from payout_match_progress as progress
     full join unnest($1::text[], $2::text[]) as declared (tenant_id, hash) using (tenant_id)
     where progress.routes_hash is distinct from coalesce(declared.hash, $3)
       or declared.hash is not null and not progress.has_file_routes
     order by tenant_id`,
    [declared.map(([tenantId]) => tenantId), declared.map(([, own]) => hashOf(own)), hashOf([])],
  );
  return rows.map(({ tenantId }) => tenantId);
}
