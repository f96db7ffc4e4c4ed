/** RFC 3339 in UTC with milliseconds: `2026-11-22T17:24:24.000Z`. Text order is time order. */
export type DateTime = string;
/** ISO 8601 calendar date without a zone. */
export type LocalDate = string;

/** A reference number and its issuer: `{scheme: "stripe.payment_intent", value: "pi_…"}`. */
export interface Reference {
  readonly scheme: string;
  readonly value: string;
}

/** Fields of every synced record. References to other objects are external ids of the same source. */
export interface RecordBase {
  readonly externalId: string;
  /** Time at which the upstream created the object; undefined if it does not state one. */
  readonly createdAt: DateTime | undefined;
  /** Fields that only one connector has, named `connector.field`. */
  readonly extensions: Readonly<Record<string, string>>;
}
