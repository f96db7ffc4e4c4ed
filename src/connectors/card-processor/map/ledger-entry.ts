import type { LedgerEntryKind, LedgerEntryRecord } from "../../../domain/entities.ts";
import type { LedgerEntryWire } from "../wire/objects.ts";
import { BALANCE_ACCOUNT_ID } from "./balances.ts";
import { extensionsOf, minorMoney } from "./fields.ts";
import { type Observation, recordOf, wordOf } from "./observation.ts";

interface Meaning {
  readonly kind: LedgerEntryKind;
  readonly origin: LedgerEntryRecord["originType"];
}

const KINDS: Readonly<Record<string, Meaning>> = {
  LEDGER_ENTRY_KIND_CAPTURE: { kind: "PAYMENT", origin: "PaymentAttempt" },
  LEDGER_ENTRY_KIND_REFUND: { kind: "REFUND", origin: "Refund" },
  LEDGER_ENTRY_KIND_REFUND_FAILURE: { kind: "REFUND", origin: "Refund" },
  LEDGER_ENTRY_KIND_CHARGEBACK: { kind: "DISPUTE", origin: "Dispute" },
  LEDGER_ENTRY_KIND_CHARGEBACK_REVERSAL: { kind: "DISPUTE", origin: "Dispute" },
  LEDGER_ENTRY_KIND_SCHEME_FEE: { kind: "FEE", origin: undefined },
  LEDGER_ENTRY_KIND_ADJUSTMENT: { kind: "ADJUSTMENT", origin: undefined },
  LEDGER_ENTRY_KIND_SETTLEMENT: { kind: "PAYOUT", origin: "Payout" },
  LEDGER_ENTRY_KIND_SETTLEMENT_RETURN: { kind: "PAYOUT", origin: "Payout" },
};

export function mapLedgerEntry(wire: LedgerEntryWire): readonly Observation[] {
  const { known, unknown } = wordOf(KINDS, "kind", wire.kind);
  return [
    recordOf(
      {
        type: "LedgerEntry",
        externalId: wire.id,
        createdAt: wire.created_at,
        accountExternalId: BALANCE_ACCOUNT_ID,
        kind: known?.kind,
        rawKind: wire.kind,
        gross: minorMoney(wire.gross, wire.currency),
        feeMinor: minorMoney(wire.fee, wire.currency).minor,
        netMinor: minorMoney(wire.net, wire.currency).minor,
        originType: known?.origin,
        originExternalId: known?.origin === undefined ? undefined : wire.origin_id,
        availableOn: wire.available_at,
        description: wire.description,
        exchangeRate: undefined,
        extensions: extensionsOf({ settlement: wire.settlement_id }),
      },
      unknown,
    ),
  ];
}
