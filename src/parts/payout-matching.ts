import { createDeclaredRoutes, type DeclaredRoutes } from "../reconcile/payout-bank/declared-routes.ts";
import { createFileRoutes, type FileRoutes } from "../reconcile/payout-bank/file-routes.ts";
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
  readonly fileRoutes: FileRoutes;
  readonly declaredRoutes: DeclaredRoutes;
  readonly matchByHand: MatchByHand;
  readonly payoutMatching: Loop;
}

/** Matches payouts with bank transactions in the background, and by the decisions of people. */
export const part: Part<Needs, PayoutMatching> = {
  name: "payout matching",
  start({ config, dbFor, log }) {
    const db = dbFor("payout-matching");
    const fileRoutes = createFileRoutes(db, config.payoutRoutes);
    return {
      fileRoutes,
      declaredRoutes: createDeclaredRoutes(db),
      matchByHand: createMatchByHand({ db, now: Date.now }),
      payoutMatching: startMatchWatch({ db, fileRoutes, log, random: Math.random }),
    };
  },
  close: ({ payoutMatching }) => payoutMatching.close(PART_DRAIN_MS),
};
