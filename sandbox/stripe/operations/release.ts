import { newRefund } from "../objects/refund.ts";
import type { Charge, EventType, Refund } from "../world/wire.ts";
import type { Account } from "./account.ts";

/** End of an authorisation that is not captured, in whole or in part. */
export interface Release {
  readonly charge: Charge;
  readonly amount: number;
  readonly reason: Refund["reason"];
  readonly metadata?: NonNullable<Refund["metadata"]>;
  /** Changes of the charge in addition to the released amount. */
  readonly patch?: Partial<Charge>;
  readonly event: EventType;
}

/**
 * Releases the amount that will not be captured. As at Stripe, the charge counts it as refunded, and it has a succeeded
 * refund object without a balance transaction. There is no event about that refund: only the charge's own event shows
 * it.
 */
export function releaseAuthorisation({ world }: Account, release: Release): { charge: Charge; refundId: string } {
  const { charge, amount, reason, patch = {}, event } = release;
  const refund = newRefund(world, { charge, amount, reason, metadata: release.metadata ?? {}, isRelease: true });
  world.create("refund", refund, []);
  const refunded = charge.amount_refunded + amount;
  const released = { amount_refunded: refunded, refunded: refunded === charge.amount };
  return { charge: world.update("charge", charge.id, { ...patch, ...released }, [event]), refundId: refund.id };
}
