import type { FailureCause } from "../../domain/error.ts";
import type { EntityType } from "../../domain/ids.ts";

/** A rule that must hold between one stored object and its parts. */
export interface Invariant {
  /** Kind of the finding that a breach opens. Stable: findings are stored under it. */
  readonly kind: string;
  /** Type of the objects that the rule is about; `breaches` selects objects of this type. */
  readonly subject: EntityType;
  /** The rule as one sentence, without a full stop. */
  readonly rule: string;
  /** The usual cause of a breach. */
  readonly cause: FailureCause;
  readonly remedy: string;
  /**
   * Types of which all objects must be known before the rule can be checked: every stream of the source that yields
   * them must have been read once. Empty: the subject's own row and the data written with it suffice.
   */
  readonly needs: readonly EntityType[];
  /**
   * Query for the subjects that violate the rule. `$1` is the array of global ids to check. One row per subject: `id`,
   * `source_id`, and `evidence`, a JSON object of texts and numbers.
   */
  readonly breaches: string;
  /**
   * Query for the subjects of `$1` about which nothing can be said at the moment, as `id`: an open finding about them
   * stays open. Default: none.
   */
  readonly undecided?: string;
}

/** SQL expression that formats an amount for display: `203.00 EUR`. `row` has the columns `exponent` and `currency`. */
export function amountText(minor: string, row: string): string {
  return `round(${minor} * power(10::numeric, -${row}.exponent::numeric), ${row}.exponent) || ' ' || ${row}.currency`;
}
