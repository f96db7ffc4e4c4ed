import type { Mutation } from "../mutation.ts";

/** Comparisons of stored objects with their sources. */
export const RECONCILE: readonly Mutation[] = [
  {
    breaks: "A payout is not missing while a source is read for the first time.",
    file: "src/reconcile/payout-bank/first-reads.ts",
    find: "return row?.over === true;",
    replace: "return row !== undefined;",
    tests: ["test/integration/reconcile/first-reads.test.ts"],
  },
  {
    breaks: "What is older than all that the other side reports is compared when older days become known.",
    file: "src/reconcile/payout-bank/match-changes.ts",
    find: "return isNewCurrency ? withSweep(known) : withUncomparedSweep(known);",
    replace: "return isNewCurrency ? withSweep(known) : known;",
    tests: ["test/integration/reconcile/first-reads.test.ts"],
  },
  {
    breaks: "What was not listed is found by one search for each stored object, whatever the statistics say.",
    file: "src/reconcile/completeness/record-unlisted.ts",
    find: "listed.entity_id = stored.id offset 0)",
    replace: "listed.entity_id = stored.id)",
    tests: ["test/integration/reconcile/comparison-plans.test.ts"],
  },
  {
    breaks: "A comparison lists in the lane of backfills.",
    file: "src/reconcile/completeness/list-stream.ts",
    find: 'source.client("backfill")',
    replace: 'source.client("incremental")',
    tests: ["test/integration/reconcile/comparison-budget.test.ts"],
  },
  {
    breaks: "A scheduled comparison is left out while the last one of the source is not done.",
    file: "src/reconcile/completeness/scheduled-comparisons.ts",
    find: "where source_id = $1 and finished_at is null and mode = 'RECONCILE'",
    replace: "where source_id = $1 and finished_at is null and mode = 'FULL'",
    tests: ["test/integration/reconcile/scheduled-comparisons.test.ts"],
  },
  {
    breaks: "Routes of a settings file that are stored already are not written again.",
    file: "src/reconcile/payout-bank/file-routes.ts",
    find: "where progress.routes_hash is distinct from coalesce(declared.hash, $3)",
    replace: "where progress.routes_hash is not distinct from coalesce(declared.hash, $3)",
    tests: ["test/integration/reconcile/file-routes.test.ts"],
  },
  {
    breaks: "When the routes of the settings file change, everything is matched again by them.",
    file: "src/reconcile/payout-bank/file-routes.ts",
    find: "await writeProgress(tx, withSweep({ ...progress, routesHash }));",
    replace: "await writeProgress(tx, { ...progress, routesHash });",
    tests: ["test/integration/reconcile/file-routes.test.ts"],
  },
  {
    breaks: "A bank that states several instructed amounts of a transaction states none.",
    file: "src/store/migrations/0061-instructed-amounts.ts",
    find: "filter (where named.is_instructed) = 1",
    replace: "filter (where named.is_instructed) >= 1",
    tests: ["test/integration/store/instructed-amounts-migration.test.ts"],
  },
];
