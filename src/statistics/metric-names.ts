/** Metrics of a source over time. `isMeasured`: values are measured, so that there are quantiles of them. */
export const METRICS = {
  /** Events of the event log. */
  EVENTS: { isMeasured: false },
  /** Webhook calls that were accepted, and that were refused. */
  DELIVERIES: { isMeasured: false },
  DELIVERIES_REFUSED: { isMeasured: false },
  /** Calls to the upstream, each of which used a permit, and those of them that failed. */
  CALLS: { isMeasured: false },
  CALL_FAILURES: { isMeasured: false },
  /** Milliseconds until the upstream answered, and until a permit was free. */
  CALL_DURATION_MS: { isMeasured: true },
  PERMIT_WAIT_MS: { isMeasured: true },
  /** Milliseconds from the receipt of a delivery until it was applied; replays and deliveries that were parked are left out. */
  DELIVERY_AGE_MS: { isMeasured: true },
  /** Milliseconds, and bytes at the upstream, that a change feed is behind. */
  FEED_LAG_MS: { isMeasured: true },
  FEED_LAG_BYTES: { isMeasured: true },
  /** Milliseconds that the clock of the upstream is behind or ahead of ours. */
  CLOCK_BEHIND_MS: { isMeasured: true },
  CLOCK_AHEAD_MS: { isMeasured: true },
} as const satisfies Record<string, { readonly isMeasured: boolean }>;

export type MetricName = keyof typeof METRICS;

/** Names of the metrics that processes collect; those of webhooks are counted where the calls are stored. */
export type CollectedMetric = Exclude<MetricName, "DELIVERIES" | "DELIVERIES_REFUSED">;
