/**
 * File in which each rule of the diagnosis is tested with its fault: a real part of the service suffers it, the rule
 * concludes its cause, and nothing more once it is over. The title of the test names the rule.
 */
export const RULE_TESTS: Readonly<Record<string, string>> = {
  SOURCE_NOT_CONFIGURED: "diagnosis/recoveries.test.ts",
  SOURCE_PAUSED: "diagnosis/recoveries.test.ts",
  CREDENTIALS_REFUSED: "diagnosis/recoveries.test.ts",
  CREDENTIALS_EXPIRE: "diagnosis/health-watch.test.ts",
  SOURCE_UNREACHABLE: "diagnosis/sandbox-faults.test.ts",
  SOURCE_LATE: "diagnosis/recoveries.test.ts",
  NEVER_READ: "diagnosis/recoveries.test.ts",
  BUDGET_CLOSED: "diagnosis/sandbox-faults.test.ts",
  BUDGET_USED_ELSEWHERE: "diagnosis/sandbox-faults.test.ts",
  REFETCHES_WAITING: "diagnosis/recoveries.test.ts",
  STREAM_FAILING: "diagnosis/recoveries.test.ts",
  READ_RETRIED: "diagnosis/recoveries.test.ts",
  FIRST_READ: "diagnosis/recoveries.test.ts",
  FEW_RECORDS: "diagnosis/sandbox-faults.test.ts",
  FIRST_READ_EMPTY: "diagnosis/feed-faults.test.ts",
  DELIVERIES_PARKED: "diagnosis/recoveries.test.ts",
  DELIVERIES_PENDING: "diagnosis/recoveries.test.ts",
  WEBHOOKS_REFUSED: "diagnosis/recoveries.test.ts",
  WEBHOOKS_SILENT: "faults/lost-webhooks.test.ts",
  CLOCK_SKEW: "diagnosis/recoveries.test.ts",
  FEED_FAILED: "diagnosis/feed-faults.test.ts",
  FEED_BEHIND: "diagnosis/feed-faults.test.ts",
  FEED_GAP: "diagnosis/feed-faults.test.ts",
  PROCESS_STALLED: "diagnosis/source-metrics.test.ts",
  DATABASE_SLOW: "diagnosis/feed-faults.test.ts",
  RECORDS_QUARANTINED: "diagnosis/recoveries.test.ts",
  FILES_WAITING: "diagnosis/file-faults.test.ts",
  FINDING_OPEN: "diagnosis/file-faults.test.ts",
};
