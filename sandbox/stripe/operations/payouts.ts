import { invalidRequest, missing } from "../world/errors.ts";
import { newPayout, type PayoutInput } from "../objects/payout.ts";
import { DAY_S } from "../world/clock.ts";
import { CURRENCIES, ruleOf } from "../world/currency.ts";
import type { Payout } from "../world/wire.ts";
import type { Account } from "./account.ts";

/** Seconds from the creation of a payout to its arrival at the bank: two days; minutes for an instant payout. */
const ARRIVAL_S = { standard: 2 * DAY_S, instant: 1800 } as const;

/** Parameters of a payout. */
export type PayoutRequest = Pick<
  PayoutInput,
  "amount" | "currency" | "description" | "metadata" | "statementDescriptor"
> & {
  readonly method: "standard" | "instant";
};

/** Creates a payout requested by the merchant. Returns its id. @throws StripeError when the balance is insufficient. */
export function createPayout(account: Account, input: PayoutRequest): string {
  const rule = CURRENCIES.get(input.currency);
  if (rule === undefined) throw invalidRequest(`Invalid currency: ${input.currency}.`, { param: "currency" });
  if (input.amount % rule.payoutStep !== 0) {
    throw invalidRequest(`Payouts in ${input.currency} must be a multiple of ${rule.payoutStep}.`, { param: "amount" });
  }
  if (input.amount > account.ledger.available(input.currency)) {
    throw invalidRequest(
      "You have insufficient funds in your Stripe account for this transfer. " +
        "Your card balance is too low. You can use the /v1/balance endpoint to view your Stripe balance.",
      { code: "balance_insufficient", param: "amount" },
    );
  }
  const arrivalDate = account.world.now() + ARRIVAL_S[input.method];
  return send(account, newPayout(account.world, { ...input, automatic: false, arrivalDate }));
}

function send({ world, ledger }: Account, draft: Payout): string {
  const transaction = ledger.book({
    type: "payout",
    reportingCategory: "payout",
    amount: -draft.amount,
    fee: 0,
    currency: draft.currency,
    source: draft.id,
    description: draft.description,
    availableAfterS: 0,
  });
  world.create("payout", { ...draft, balance_transaction: transaction.id }, ["payout.created"]);
  return draft.id;
}

/**
 * Creates the scheduled payout of one currency: everything that is available and was not paid out before. A negative
 * balance is collected from the bank account, by a negative payout. An amount that the currency cannot express is
 * withheld and released into the next payout, so that the linked transactions always add up to the payout. Returns
 * undefined when there is not enough.
 */
export function createAutomaticPayout(account: Account, currency: string): string | undefined {
  const { world, ledger } = account;
  const entries = ledger.unpaid(currency);
  const total = entries.reduce((sum, entry) => sum + (entry.fields.net ?? 0), 0);
  const { payoutStep, minimum } = ruleOf(currency);
  const amount = Math.trunc(total / payoutStep) * payoutStep;
  if (Math.abs(amount) < minimum) return undefined;
  const draft = newPayout(world, {
    amount,
    currency,
    automatic: true,
    arrivalDate: world.now() + ARRIVAL_S.standard,
    method: "standard",
    description: "STRIPE PAYOUT",
    metadata: {},
    statementDescriptor: null,
  });
  const reserved = total === amount ? [] : [hold(account, currency, total - amount)];
  const id = send(account, draft);
  const own = world.store.find("balance_transaction", world.store.get("payout", id)?.balance_transaction ?? "");
  ledger.link([...entries, ...reserved, ...(own === undefined ? [] : [own])], id);
  return id;
}

/** Books the remainder out of this payout and into the next one; returns the first of the two. */
function hold({ world, ledger }: Account, currency: string, remainder: number) {
  const movement = { reportingCategory: "other_adjustment", fee: 0, currency, source: null, availableAfterS: 0 };
  const reserved = ledger.book({
    ...movement,
    type: "payout_minimum_balance_hold",
    amount: -remainder,
    description: "Remainder",
  });
  ledger.book({ ...movement, type: "payout_minimum_balance_release", amount: remainder, description: "Remainder" });
  const entry = world.store.find("balance_transaction", reserved.id);
  if (entry === undefined) throw new RangeError("a booked transaction must be in the store");
  return entry;
}

function requirePayout({ world }: Account, id: string): Payout {
  const payout = world.store.get("payout", id);
  if (payout === undefined) throw missing("payout", id, "payout");
  return payout;
}

/**
 * Advances a payout by one state: pending, in transit, paid. The transactions of an automatic one can be listed from
 * its second state on. Returns false when it has arrived or ended.
 */
export function advancePayout(account: Account, id: string): boolean {
  const payout = requirePayout(account, id);
  if (payout.status === "pending") {
    account.world.update("payout", id, { status: "in_transit" }, ["payout.updated"]);
    if (payout.automatic) {
      account.world.update("payout", id, { reconciliation_status: "completed" }, ["payout.reconciliation_completed"]);
    }
    return true;
  }
  if (payout.status !== "in_transit") return false;
  const trace = { status: "supported", value: `9110000${account.world.random.integer(10_000_000, 99_999_999)}` };
  account.world.update("payout", id, { status: "paid", trace_id: trace }, ["payout.paid"]);
  return true;
}

/**
 * Returns a payout on behalf of the bank, which can happen days after it was paid. The money returns to the balance.
 */
export function failPayout(account: Account, id: string): void {
  const payout = requirePayout(account, id);
  const returned = giveBack(account, payout, "payout_failure");
  account.world.update(
    "payout",
    id,
    {
      status: "failed",
      failure_balance_transaction: returned,
      failure_code: "account_closed",
      failure_message: "The bank account has been closed.",
    },
    ["payout.failed"],
  );
}

/** Cancels a payout that is not in transit. @throws StripeError when it is. */
export function cancelPayout(account: Account, id: string): void {
  const payout = requirePayout(account, id);
  if (payout.status !== "pending") {
    throw invalidRequest(`Payout ${id} is ${payout.status} and can no longer be canceled.`, {
      code: "payout_not_cancelable",
    });
  }
  const returned = giveBack(account, payout, "payout_cancel");
  account.world.update("payout", id, { status: "canceled", failure_balance_transaction: returned }, [
    "payout.canceled",
  ]);
}

function giveBack({ ledger }: Account, payout: Payout, type: "payout_failure" | "payout_cancel"): string {
  return ledger.book({
    type,
    reportingCategory: "payout_reversal",
    amount: payout.amount,
    fee: 0,
    currency: payout.currency,
    source: payout.id,
    description: "PAYOUT RETURNED",
    availableAfterS: 0,
  }).id;
}

/** Changes a payout's metadata, the only changeable field. */
export function updatePayout(account: Account, id: string, metadata: NonNullable<Payout["metadata"]>): void {
  requirePayout(account, id);
  account.world.update("payout", id, { metadata }, ["payout.updated"]);
}
