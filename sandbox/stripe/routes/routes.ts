import { accountRoutes } from "./accounts.ts";
import { balanceRoutes } from "./balance.ts";
import { chargeRoutes } from "./charges.ts";
import { customerRoutes } from "./customers.ts";
import { disputeRoutes } from "./disputes.ts";
import { eventRoutes } from "./events.ts";
import { paymentIntentRoutes } from "./payment-intents.ts";
import { payoutRoutes } from "./payouts.ts";
import { refundRoutes } from "./refunds.ts";
import type { Route } from "./route.ts";

const ALL: readonly Route[] = [
  ...accountRoutes,
  ...balanceRoutes,
  ...chargeRoutes,
  ...customerRoutes,
  ...disputeRoutes,
  ...eventRoutes,
  ...paymentIntentRoutes,
  ...payoutRoutes,
  ...refundRoutes,
];
const BY_KEY = new Map(ALL.map((route) => [`${route.method} ${route.path}`, route]));

/** The route of a method and path, and the id in the path; undefined when Stripe has no such URL. */
export function findRoute(method: string, path: string): { route: Route; id: string } | undefined {
  const [, version = "", resource = "", id, action, ...rest] = path.split("/");
  if (rest.length > 0) return undefined;
  const pattern = `/${version}/${resource}${id === undefined ? "" : "/:id"}${action === undefined ? "" : `/${action}`}`;
  const route = BY_KEY.get(`${method} ${pattern}`);
  return route === undefined ? undefined : { route, id: id ?? "" };
}
