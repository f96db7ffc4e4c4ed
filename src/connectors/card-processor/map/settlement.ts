import type { PayoutStatus } from "../../../domain/entities.ts";
import type { BankAccountWire, SettlementWire } from "../wire/objects.ts";
import { BALANCE_ACCOUNT_ID } from "./balances.ts";
import { exactMoneyOf, extensionsOf, referencesOf } from "./fields.ts";
import { type Observation, recordOf, wordOf } from "./observation.ts";

const STATUS: Readonly<Record<string, PayoutStatus>> = {
  SETTLEMENT_STATUS_SCHEDULED: "PENDING",
  SETTLEMENT_STATUS_SENT: "IN_TRANSIT",
  SETTLEMENT_STATUS_PAID: "PAID",
  SETTLEMENT_STATUS_RETURNED: "FAILED",
};

/** Maps a settlement, and the bank account that it was paid to. */
export function mapSettlement(wire: SettlementWire): readonly Observation[] {
  const status = wordOf(STATUS, "status", wire.status);
  const payout = recordOf(
    {
      type: "Payout",
      externalId: wire.id,
      createdAt: wire.created_at,
      accountExternalId: BALANCE_ACCOUNT_ID,
      destinationExternalId: wire.bank_account?.id,
      amount: exactMoneyOf(wire.net),
      arrivalDate: wire.arrival_date,
      failureReason: wire.return_reason,
      references: referencesOf({ "card-processor.settlement": wire.id, bank_reference: wire.bank_reference }),
      disclosure: "DISCLOSED",
      status: status.known,
      rawStatus: wire.status,
      extensions: extensionsOf({
        grossMinor: exactMoneyOf(wire.gross).minor,
        feesMinor: exactMoneyOf(wire.fees).minor,
        entryCount: wire.entry_count,
      }),
    },
    status.unknown,
  );
  return wire.bank_account === undefined ? [payout] : [...mapBankAccount(wire.bank_account), payout];
}

export function mapBankAccount(wire: BankAccountWire): readonly Observation[] {
  return [
    recordOf({
      type: "Account",
      externalId: wire.id,
      createdAt: undefined,
      ownership: "EXTERNAL",
      kind: "BANK_ACCOUNT",
      name: wire.bank_name,
      currency: wire.currency,
      ownerExternalId: undefined,
      identifiers: referencesOf({ masked: wire.iban_last4 === undefined ? undefined : `****${wire.iban_last4}` }),
      extensions: extensionsOf({ holder: wire.holder }),
    }),
  ];
}
