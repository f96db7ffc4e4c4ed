import type { PayoutRoute } from "../domain/payout-route.ts";
import { createDeclaredRoutes, type DeclaredRoutes } from "../reconcile/payout-bank/declared-routes.ts";
import { createMatchByHand, type MatchByHand } from "../reconcile/payout-bank/match-by-hand.ts";
import { startMatchWatch } from "../reconcile/payout-bank/match-watch.ts";
import type { Loop } from "../runtime/loop.ts";
import type { Part } from "../runtime/parts.ts";
import type { DatabaseFor } from "../store/fair-database.ts";
import { type Base, PART_DRAIN_MS } from "./base.ts";

interface Needs extends Base {
  readonly dbFor: DatabaseFor;
}

interface PayoutMatching {
  readonly declaredRoutes: DeclaredRoutes;
  readonly matchByHand: MatchByHand;
  readonly payoutMatching: Loop;
}

/** Matches payouts with bank transactions in the background, and by the decisions of people. */
export const part: Part<Needs, PayoutMatching> = {
  name: "payout matching",
  start({ config, dbFor, log }) {
    const db = dbFor("payout-matching");
    const routes: ReadonlyMap<string, readonly PayoutRoute[]> = config.payoutRoutes;
    return {
      declaredRoutes: createDeclaredRoutes({ db, routes }),
      matchByHand: createMatchByHand({ db, routes, now: Date.now }),
      payoutMatching: startMatchWatch({ db, routes, log, random: Math.random }),
    };
  },
  close: ({ payoutMatching }) => payoutMatching.close(PART_DRAIN_MS),
};
