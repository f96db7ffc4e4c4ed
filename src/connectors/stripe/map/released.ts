import type { ChargeWire } from "../wire/charge.ts";

type Amounts = Pick<ChargeWire, "amount" | "amount_captured" | "amount_refunded">;

/**
 * Returns the part of the charge's authorisation that was released without being captured. Stripe books it as
 * `amount_refunded`, as a whole and when the authorisation ends: by a partial capture, by cancellation or by expiry.
 * While more may still be captured (multicapture), nothing of the remainder is booked.
 */
export function releasedOf({ amount, amount_captured: captured, amount_refunded: refunded }: Amounts): bigint {
  if (captured <= 0n) return refunded; // nothing was captured that could have been refunded
  const uncaptured = amount - captured;
  // a negative amount means: captured beyond the authorisation
  return uncaptured > 0n && refunded >= uncaptured ? uncaptured : 0n;
}

/** Returns the refunded part of the captured money, in Stripe's units: never more than was captured. */
export function refundedOfCaptured(charge: Amounts): bigint {
  const refunded = charge.amount_refunded - releasedOf(charge);
  return refunded > charge.amount_captured ? charge.amount_captured : refunded;
}
