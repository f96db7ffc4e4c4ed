import { bankAccountId } from "./bank-account.ts";
import type { Payout } from "../world/wire.ts";
import type { World } from "../world/world.ts";

/** Fields that differ between payouts. */
export interface PayoutInput {
  readonly amount: number;
  readonly currency: string;
  /** True if created by Stripe's schedule. Only these can be traced to the transactions that they paid out. */
  readonly automatic: boolean;
  /** Unix seconds. */
  readonly arrivalDate: number;
  readonly method: string;
  readonly description: string | null;
  readonly metadata: NonNullable<Payout["metadata"]>;
  readonly statementDescriptor: string | null;
}

/** A complete payout object, not in transit yet. */
export function newPayout(world: World, input: PayoutInput): Payout {
  return {
    id: world.newId("po_1"),
    object: "payout",
    amount: input.amount,
    application_fee: null,
    application_fee_amount: null,
    arrival_date: input.arrivalDate,
    automatic: input.automatic,
    balance_transaction: null,
    created: world.now(),
    currency: input.currency,
    description: input.description,
    destination: bankAccountId(input.currency),
    failure_balance_transaction: null,
    failure_code: null,
    failure_message: null,
    livemode: false,
    metadata: input.metadata,
    method: input.method,
    original_payout: null,
    payout_method: null,
    reconciliation_status: input.automatic ? "in_progress" : "not_applicable",
    reversed_by: null,
    source_type: "card",
    statement_descriptor: input.statementDescriptor,
    status: "pending",
    trace_id: null,
    type: "bank_account",
  };
}
