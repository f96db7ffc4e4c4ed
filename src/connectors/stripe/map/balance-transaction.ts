import type { LedgerEntryKind, LedgerEntryRecord } from "../../../domain/entities.ts";
import { stripeMoney } from "./currency.ts";
import { recordOf, type Observation } from "./observation.ts";
import type { BalanceTransactionWire } from "../wire/balance-transaction.ts";
import { BALANCE_ACCOUNT_ID } from "./balance.ts";
import { dateTimeOf, extensionsOf } from "./fields.ts";
import { wordOf } from "./words.ts";

/**
 * Source: Stripe docs, "Reporting categories", and the categories of the API's report runs. Capital's are `financing_*`
 * and, of older offers, `advance` and `anticipation_repayment`. Money earned from connected accounts' fees is a fee, with its sign. */
const KIND: Readonly<Record<string, LedgerEntryKind>> = {
  charge: "PAYMENT",
  charge_failure: "PAYMENT",
  refund: "REFUND",
  refund_failure: "REFUND",
  partial_capture_reversal: "REFUND",
  dispute: "DISPUTE",
  dispute_reversal: "DISPUTE",
  payout: "PAYOUT",
  payout_reversal: "PAYOUT",
  fee: "FEE",
  network_cost: "FEE",
  tax: "FEE",
  platform_earning: "FEE",
  platform_earning_refund: "FEE",
  other_adjustment: "ADJUSTMENT",
  adjustment: "ADJUSTMENT",
  contribution: "TRANSFER",
  transfer: "TRANSFER",
  transfer_reversal: "TRANSFER",
  topup: "TOPUP",
  topup_reversal: "TOPUP",
  connect_reserved_funds: "RESERVE",
  risk_reserved_funds: "RESERVE",
  advance: "FINANCING",
  advance_funding: "FINANCING",
  anticipation_repayment: "FINANCING",
  financing_payout: "FINANCING",
  financing_payout_reversal: "FINANCING",
  financing_paydown: "FINANCING",
  financing_paydown_reversal: "FINANCING",
  connect_collection_transfer: "TRANSFER",
};

/**
 * Types that say more than their category: it is `other_adjustment` of some. Source: Stripe docs, "Balance transaction
 * types".
 */
const KIND_BY_TYPE: Readonly<Record<string, LedgerEntryKind>> = {
  payout_minimum_balance_hold: "RESERVE",
  payout_minimum_balance_release: "RESERVE",
  payment_network_reserve_hold: "RESERVE",
  payment_network_reserve_release: "RESERVE",
  reserve_hold: "RESERVE",
  reserve_release: "RESERVE",
  reserve_transaction: "RESERVE",
  reserved_funds: "RESERVE",
  advance: "FINANCING",
  advance_funding: "FINANCING",
  anticipation_repayment: "FINANCING",
};

type Origin = NonNullable<LedgerEntryRecord["originType"]>;

/** `py_` and `pyr_` are charges and refunds of methods other than cards; `du_` are newer disputes. */
const ORIGIN: Readonly<Record<string, Origin>> = {
  ch: "PaymentAttempt",
  py: "PaymentAttempt",
  re: "Refund",
  pyr: "Refund",
  dp: "Dispute",
  du: "Dispute",
  po: "Payout",
};

export function mapBalanceTransaction(wire: BalanceTransactionWire): readonly Observation[] {
  const category = wordOf(KIND, "reporting_category", wire.reporting_category);
  const byType = Object.hasOwn(KIND_BY_TYPE, wire.type) ? KIND_BY_TYPE[wire.type] : undefined;
  const kind = byType === undefined ? category : { known: byType, unknown: undefined };
  const originType = originOf(wire.source);
  return [
    recordOf(
      {
        type: "LedgerEntry",
        externalId: wire.id,
        createdAt: dateTimeOf(wire.created),
        accountExternalId: ledgerOf(wire.balance_type),
        kind: kind.known,
        rawKind: wire.reporting_category,
        gross: stripeMoney(wire.amount, wire.currency),
        feeMinor: stripeMoney(wire.fee, wire.currency).minor,
        netMinor: stripeMoney(wire.net, wire.currency).minor,
        originType,
        originExternalId: originType === undefined ? undefined : (wire.source ?? undefined),
        availableOn: wire.available_on ? dateTimeOf(wire.available_on) : undefined,
        description: wire.description ?? undefined,
        exchangeRate: wire.exchange_rate ?? undefined,
        extensions: extensionsOf({ type: wire.type, source: originType === undefined ? wire.source : undefined }),
      },
      kind.unknown,
    ),
  ];
}

/** Returns the account. Only the balance of payments is paid out and synced; the others have ledgers of their own. */
function ledgerOf(balanceType: string | null | undefined): string {
  return !balanceType || balanceType === "payments" ? BALANCE_ACCOUNT_ID : `${BALANCE_ACCOUNT_ID}:${balanceType}`;
}

/** Returns the origin. Sources of other types, such as transfers, are objects that we do not sync. */
function originOf(source: string | null | undefined): Origin | undefined {
  const prefix = source?.split("_", 1)[0] ?? "";
  return Object.hasOwn(ORIGIN, prefix) ? ORIGIN[prefix] : undefined;
}
