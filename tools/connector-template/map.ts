import type { UnknownValue } from "../../src/connector-api/messages.ts";
import { currencyExponent } from "../../src/domain/currency.ts";
import type { PaymentRecord, PaymentStatus } from "../../src/domain/entities.ts";
import { moneyFromUnits } from "../../src/domain/money.ts";
import type { PaymentWire } from "./wire.ts";

const STATUS: Readonly<Record<string, PaymentStatus>> = {
  pending: "PROCESSING",
  settled: "SUCCEEDED",
  failed: "FAILED",
};

/**
 * Maps a payment to the domain model. An unknown status remains raw, and `unknownWords` reports it.
 * @throws ServiceError UPSTREAM_MALFORMED when the currency is unknown
 */
export function mapPayment(wire: PaymentWire): PaymentRecord {
  return {
    type: "Payment",
    externalId: wire.id,
    createdAt: new Date(wire.created_at).toISOString(),
    kind: "PAYIN",
    amount: moneyFromUnits(wire.amount, currencyExponent(wire.currency.toUpperCase()) ?? 0, wire.currency),
    capturedMinor: wire.status === "settled" ? wire.amount : 0n,
    debtorExternalId: undefined,
    creditorExternalId: undefined,
    method: undefined,
    description: undefined,
    references: [{ scheme: "example-name.payment", value: wire.id }],
    status: Object.hasOwn(STATUS, wire.status) ? STATUS[wire.status] : undefined,
    rawStatus: wire.status,
    extensions: {},
  };
}

/** Values in the item that the map does not know. */
export function unknownWords(wire: PaymentWire): readonly UnknownValue[] {
  return Object.hasOwn(STATUS, wire.status) ? [] : [{ path: "status", value: wire.status }];
}
