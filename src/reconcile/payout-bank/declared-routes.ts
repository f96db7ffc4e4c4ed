import { ServiceError } from "../../domain/error.ts";
import type { PayoutRoute } from "../../domain/payout-route.ts";
import type { Database, Transaction } from "../../store/database.ts";
import { lockProgress, withSweep, writeProgress } from "./match-progress.ts";
import { findFileRoutes, findStoredRoutes, type StoredRoute, textOfRoute } from "./stored-routes.ts";

/** Maximum number of routes of a tenant that are declared in the graph. */
const MAX_ROUTES = 200;

/** A route with where it was declared. */
export type DeclaredRoute =
  | { readonly origin: "SETTINGS_FILE"; readonly route: PayoutRoute }
  | ({ readonly origin: "DECLARED" } & StoredRoute);

/** Routes of payouts. A change applies on every replica at once: routes are read with what they are applied to. */
export interface DeclaredRoutes {
  /** Returns the routes in the order in which they are tried. */
  findPayoutRoutes(tenantId: string): Promise<readonly DeclaredRoute[]>;
  /** Adds a route, or replaces one that was declared here. @throws ServiceError INVALID_INPUT | CONFLICT */
  declarePayoutRoute(tenantId: string, route: PayoutRoute, by: string): Promise<DeclaredRoute>;
  /** @throws ServiceError NOT_FOUND | CONFLICT */
  removePayoutRoute(tenantId: string, id: string): Promise<DeclaredRoute>;
}

export function createDeclaredRoutes(db: Database): DeclaredRoutes {
  return {
    async findPayoutRoutes(tenantId) {
      const [own, stored] = await db.read(
        tenantId,
        async (tx) => [await findFileRoutes(tx), await findStoredRoutes(tx)] as const,
      );
      return [
        ...own.map((route) => ({ origin: "SETTINGS_FILE", route }) as const),
        ...stored
          .filter(({ route }) => !own.some(({ id }) => id === route.id))
          .map((one) => ({ origin: "DECLARED", ...one }) as const),
      ];
    },
    async declarePayoutRoute(tenantId, route, by) {
      return db.transaction(tenantId, async (tx) => {
        await requireSources(tx, route);
        await matchAgain(tx); // its lock lets one change of a tenant's routes follow the other
        await requireNotInFile(tx, route.id);
        await storeRoute(tx, route, by);
        return requireStored(tx, route.id);
      });
    },
    async removePayoutRoute(tenantId, id) {
      return db.transaction(tenantId, async (tx) => {
        await matchAgain(tx);
        await requireNotInFile(tx, id);
        const removed = await requireStored(tx, id);
        await tx.query("delete from payout_routes where id = $1", [id]);
        return removed;
      });
    },
  };
}

/** Everything is matched again in the background. */
async function matchAgain(tx: Transaction): Promise<void> {
  const progress = await lockProgress(tx, "wait");
  if (progress !== undefined) await writeProgress(tx, withSweep(progress));
}

/** @throws ServiceError CONFLICT */
async function requireNotInFile(tx: Transaction, id: string): Promise<void> {
  if ((await findFileRoutes(tx)).some((route) => route.id === id))
    throw new ServiceError("CONFLICT", `the route ${id} is declared in the settings file, which alone can change it`);
}

async function storeRoute(tx: Transaction, route: PayoutRoute, by: string): Promise<void> {
  const rows = await tx.query(
    `insert into payout_routes as existing (tenant_id, id, source_id, to_source_id, route, declared_by, declared_at, changed_at)
     select $1, $2, $3, $4, $5, $6, now(), now()
     where (select count(*) from payout_routes where id <> $2) < ${MAX_ROUTES}
     on conflict (tenant_id, id) do update set source_id = excluded.source_id, to_source_id = excluded.to_source_id,
       route = excluded.route, declared_by = excluded.declared_by, changed_at = excluded.changed_at
     returning 1`,
    [tx.tenantId, route.id, route.from.sourceId, route.to?.sourceId, textOfRoute(route), by],
  );
  if (rows.length === 0)
    throw new ServiceError("CONFLICT", `a tenant has at most ${MAX_ROUTES} declared routes: remove one first`);
}

/** @throws ServiceError NOT_FOUND */
async function requireStored(tx: Transaction, id: string): Promise<DeclaredRoute> {
  const stored = (await findStoredRoutes(tx)).find(({ route }) => route.id === id);
  if (stored === undefined) throw new ServiceError("NOT_FOUND", "there is no payout route with this id");
  return { origin: "DECLARED", ...stored };
}

/** @throws ServiceError INVALID_INPUT */
async function requireSources(tx: Transaction, { from, to }: PayoutRoute): Promise<void> {
  const rows = await tx.query<{ id: string }>("select id from sources where id = any($1)", [
    [from.sourceId, to?.sourceId],
  ]);
  for (const [field, sourceId] of Object.entries({ fromSourceId: from.sourceId, toSourceId: to?.sourceId }))
    if (!rows.some(({ id }) => id === sourceId))
      throw new ServiceError("INVALID_INPUT", `input.${field} must be the id of a source: there is none with this id`);
}
