/** Counts of webhook deliveries by result. */
export interface WebhookCounts {
  /** Deliveries that were due: one for each event and endpoint. */
  readonly events: number;
  /** Attempts of every kind. */
  readonly sent: number;
  /** Genuine deliveries answered with 2xx. */
  readonly acked: number;
  /** Genuine attempts without a 2xx response. */
  readonly failed: number;
  /** Genuine deliveries that have not arrived yet. */
  readonly pending: number;
  /** Genuine deliveries that ran out of attempts. */
  readonly gaveUp: number;
  readonly duplicated: number;
  readonly reordered: number;
  /** Deliveries intentionally not sent. */
  readonly lost: number;
  readonly forged: number;
  /** Forged deliveries that the receiver accepted as genuine: must stay 0. */
  readonly forgedAccepted: number;
  readonly stale: number;
  /** Genuine bodies signed 400 seconds ago that the receiver accepted: must stay 0. */
  readonly staleAccepted: number;
}

export type MutableCounts = { -readonly [K in keyof WebhookCounts]: number };

export const NO_COUNTS: WebhookCounts = {
  events: 0,
  sent: 0,
  acked: 0,
  failed: 0,
  pending: 0,
  gaveUp: 0,
  duplicated: 0,
  reordered: 0,
  lost: 0,
  forged: 0,
  forgedAccepted: 0,
  stale: 0,
  staleAccepted: 0,
};
