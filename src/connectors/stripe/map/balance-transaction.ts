import type { LedgerEntryKind, LedgerEntryRecord } from "../../../domain/entities.ts";
import { stripeMoney } from "./currency.ts";
import { recordOf, type Observation } from "./observation.ts";
import type { BalanceTransactionWire } from "../wire/balance-transaction.ts";
import { BALANCE_ACCOUNT_ID } from "./balance.ts";
import { dateTimeOf, extensionsOf } from "./fields.ts";
import { wordOf } from "./words.ts";

/** Source: Stripe docs, "Reporting categories". Money earned from connected accounts' fees is a fee, with its sign. */
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
  payout_minimum_balance_hold: "RESERVE",
  payout_minimum_balance_release: "RESERVE",
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
  const kind = wordOf(KIND, "reporting_category", wire.reporting_category);
  const originType = originOf(wire.source);
  return [
    recordOf(
      {
        type: "LedgerEntry",
        externalId: wire.id,
        createdAt: dateTimeOf(wire.created),
        accountExternalId: BALANCE_ACCOUNT_ID,
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

/** Returns the origin. Sources of other types, such as transfers, are objects that we do not sync. */
function originOf(source: string | null | undefined): Origin | undefined {
  const prefix = source?.split("_", 1)[0] ?? "";
  return Object.hasOwn(ORIGIN, prefix) ? ORIGIN[prefix] : undefined;
}
