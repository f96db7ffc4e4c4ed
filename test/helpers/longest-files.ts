/**
 * Files that take longest, in the short form or the long one, the longest first. They are started first: one that is
 * started last would run alone while the other workers have nothing to do. On a fresh checkout jest knows no durations.
 */
export const LONGEST_FILES: readonly string[] = [
  // These three last for ten minutes or more in the long form, whatever the machine.
  "test/integration/postgres-cdc/differential.soak.test.ts",
  "test/e2e/kill.long.test.ts",
  "test/e2e/dashboard.long.test.ts",
  "test/integration/invariants/random-histories.soak.test.ts",
  "test/integration/reconcile/generated-world.soak.test.ts",
  "test/integration/diagnosis/quiet.long.test.ts",
  "test/integration/statements/invariants.soak.test.ts",
  "test/integration/subscriptions/storm.soak.test.ts",
  "test/integration/stripe/month.soak.test.ts",
  "test/e2e/demo.soak.test.ts",
  "test/federation/gateways.long.test.ts",
  "test/integration/diagnosis/feed-faults.test.ts",
  "test/integration/postgres-ledger/large-transaction.soak.test.ts",
  "test/integration/postgres-ledger/killed-read.soak.test.ts",
  "test/integration/apply/drift-by-format.test.ts",
  "test/e2e/dashboard.test.ts",
  "test/integration/diagnosis/sandbox-faults.test.ts",
  "test/e2e/connect-source.test.ts",
  "test/e2e/replicas.test.ts",
  "test/e2e/ctrl-c.test.ts",
  "test/integration/sync/ranges.test.ts",
  "test/e2e/takeover.test.ts",
  "test/integration/callback/callback.test.ts",
  "test/integration/streams/transport.test.ts",
  "test/e2e/tracing.test.ts",
  "test/e2e/dashboard-reconciliation.test.ts",
  "test/e2e/dashboard-service.test.ts",
  "test/integration/store/embedded/embedded-postgres.test.ts",
  "test/integration/files/apply.test.ts",
  "test/integration/postgres-cdc/connection.test.ts",
  "test/e2e/bank-kill.soak.test.ts",
  "test/integration/inbox/crash.test.ts",
];
