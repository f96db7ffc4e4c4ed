import { hash } from "node:crypto";
import { z } from "zod";
import type { PayoutRoute } from "../../domain/payout-route.ts";
import type { Transaction } from "../../store/database.ts";

/** A route that was declared in the graph. */
export interface StoredRoute {
  readonly route: PayoutRoute;
  /** The subject of the token of the caller who has declared or changed it last. */
  readonly declaredBy: string;
  /** RFC 3339. */
  readonly declaredAt: string;
  readonly changedAt: string;
}

/** What is stored of a route beside its sources: JSON has no sets and no undefined values. */
const STORED = z.object({
  account: z.string().optional(),
  currency: z.string().optional(),
  toAccount: z.string().optional(),
  usualDays: z.number(),
  holidays: z.array(z.string()),
  names: z.array(z.string()),
  fee: z.array(z.object({ upTo: z.string().optional(), amount: z.string() })),
  exchange: z
    .union([
      z.object({ by: z.literal("INSTRUCTED_AMOUNT"), to: z.string() }),
      z.object({
        // Routes of earlier versions have no other rule, and do not name it.
        by: z.literal("LEDGER_ENTRY_RATE").default("LEDGER_ENTRY_RATE"),
        to: z.string(),
        rounding: z.enum(["HALF_UP", "HALF_EVEN", "DOWN"]),
      }),
    ])
    .optional(),
});

export function textOfRoute(route: PayoutRoute): string {
  return JSON.stringify(storedOf(route));
}

function storedOf({ from, to, usualDays, holidays, names, fee, exchange }: PayoutRoute): z.infer<typeof STORED> {
  return {
    account: from.accountExternalId,
    currency: from.currency,
    toAccount: to?.accountExternalId,
    usualDays,
    holidays: [...holidays].toSorted(),
    names: [...names],
    fee: fee.map(({ upTo, amount }) => ({ upTo, amount })),
    exchange,
  };
}

interface RouteRow extends Record<string, unknown> {
  readonly id: string;
  readonly sourceId: string;
  readonly toSourceId: string;
  readonly stored: unknown;
  readonly declaredBy: string;
  readonly declaredAt: string;
  readonly changedAt: string;
}

/** Finds the routes that were declared in the graph, in the order in which they were declared. */
export async function findStoredRoutes(tx: Transaction): Promise<readonly StoredRoute[]> {
  const rows = await tx.query<RouteRow>(
    `select id, source_id as "sourceId", to_source_id as "toSourceId", route as stored, declared_by as "declaredBy",
       declared_at as "declaredAt", changed_at as "changedAt"
     from payout_routes order by declared_at, id`,
  );
  return rows.map((row) => {
    const { declaredBy, declaredAt, changedAt } = row;
    return { route: routeOf({ ...row, stored: STORED.parse(row.stored) }), declaredBy, declaredAt, changedAt };
  });
}

interface StoredParts extends Pick<RouteRow, "id" | "sourceId" | "toSourceId"> {
  readonly stored: z.infer<typeof STORED>;
}

function routeOf({ id, sourceId, toSourceId, stored }: StoredParts): PayoutRoute {
  const { account, currency, toAccount, usualDays, holidays, names, fee, exchange } = stored;
  return {
    id,
    from: { sourceId, accountExternalId: account, currency },
    to: { sourceId: toSourceId, accountExternalId: toAccount },
    usualDays,
    holidays: new Set(holidays),
    names,
    fee: fee.map(({ upTo, amount }) => ({ upTo, amount })),
    exchange,
  };
}

/** A route of the settings file as it is stored. */
const FILE_ROUTE = z.object({ id: z.string(), sourceId: z.string(), toSourceId: z.string(), route: STORED });

/** Returns the routes of a settings file as they are stored, as JSON. */
export function textOfFileRoutes(routes: readonly PayoutRoute[]): string {
  const plain = routes.map((route) => ({
    id: route.id,
    sourceId: route.from.sourceId,
    toSourceId: route.to?.sourceId,
    route: storedOf(route),
  }));
  return JSON.stringify(plain);
}

/** Finds the routes of the settings file that a process has read last. */
export async function findFileRoutes(tx: Transaction): Promise<readonly PayoutRoute[]> {
  const [row] = await tx.query<{ stored: unknown }>("select file_routes as stored from payout_match_progress");
  return z
    .array(FILE_ROUTE)
    .parse(row?.stored ?? [])
    .map(({ id, sourceId, toSourceId, route }) => routeOf({ id, sourceId, toSourceId, stored: route }));
}

/** Identifies the routes of a settings file: when they change, everything is matched again. */
export function hashOf(routes: readonly PayoutRoute[]): string {
  const plain = routes.map((route) => ({ ...route, holidays: [...route.holidays].toSorted() }));
  return hash("sha256", JSON.stringify(plain), "base64url");
}

/** Returns the routes of the settings file, and after them those of the graph; the file owns the ones that it names. */
export async function allRoutes(tx: Transaction): Promise<readonly PayoutRoute[]> {
  const ofFile = await findFileRoutes(tx);
  const stored = (await findStoredRoutes(tx)).map(({ route }) => route);
  return [...ofFile, ...stored.filter(({ id }) => !ofFile.some((route) => route.id === id))];
}
