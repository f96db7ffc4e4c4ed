/*
 * A process that matches the payouts of a generated world and can kill itself: `node match-child.ts SETTINGS`. It ends
 * when there is nothing more to match. See match-process.ts.
 */
import { storeFileRoutes } from "../../src/reconcile/payout-bank/file-routes.ts";
import { matchChanges } from "../../src/reconcile/payout-bank/match-changes.ts";
import { createDatabase } from "../../src/store/database.ts";
import { ROUTES } from "./generated-world.ts";
import { type DatabaseHooks, hookDatabase } from "./hooked-database.ts";
import type { MatchSettings } from "./match-process.ts";

const settings = JSON.parse(process.argv[2] ?? "") as MatchSettings; // written by match-process.ts
const STEP = "update payout_match_progress";
let steps = 0;

function countStep(texts: readonly string[]): void {
  if (!texts.some((text) => text.includes(STEP))) return;
  steps += 1;
  if (steps > settings.steps) process.kill(process.pid, "SIGKILL");
}

const HOOKS: Readonly<Record<MatchSettings["killAt"], DatabaseHooks>> = {
  never: {},
  "before the commit": { beforeCommit: countStep },
  "after the commit": { afterCommit: countStep },
};

const database = createDatabase({ connection: settings.connection, max: 2 });
const { tenantId, today } = settings;
const db = hookDatabase(database, HOOKS[settings.killAt]);
await database.transaction(tenantId, (tx) => storeFileRoutes(tx, ROUTES));
while (await matchChanges({ db, tenantId, now: () => Date.parse(today) }));
await database.close();
