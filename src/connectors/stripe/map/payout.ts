import type { PayoutStatus } from "../../../domain/entities.ts";
import { stripeMoney } from "../currency.ts";
import { recordOf, type Observation } from "../observation.ts";
import type { PayoutWire } from "../wire/payout.ts";
import { BALANCE_ACCOUNT_ID } from "./balance.ts";
import { mapExternalAccount } from "./external-account.ts";
import { dateOf, dateTimeOf, extensionsOf, referencesOf } from "./fields.ts";
import { wordOf } from "./words.ts";

const STATUS: Readonly<Record<string, PayoutStatus>> = {
  pending: "PENDING",
  in_transit: "IN_TRANSIT",
  paid: "PAID",
  failed: "FAILED",
  canceled: "CANCELED",
};

/** The payout, and where it goes if the destination came expanded. */
export function mapPayout(wire: PayoutWire): readonly Observation[] {
  const { destination } = wire;
  if (!destination || typeof destination === "string") return [payout(wire, destination ?? undefined)];
  return [mapExternalAccount(destination), payout(wire, destination.id)];
}

function payout(wire: PayoutWire, destinationExternalId: string | undefined): Observation {
  const status = wordOf(STATUS, "status", wire.status);
  return recordOf(
    {
      type: "Payout",
      externalId: wire.id,
      createdAt: dateTimeOf(wire.created),
      accountExternalId: BALANCE_ACCOUNT_ID,
      destinationExternalId,
      amount: stripeMoney(wire.amount, wire.currency),
      arrivalDate: wire.arrival_date ? dateOf(wire.arrival_date) : undefined,
      failureReason: wire.failure_code ?? wire.failure_message ?? undefined,
      references: referencesOf({
        "stripe.payout": wire.id,
        "stripe.balance_transaction": wire.balance_transaction,
        trace_id: wire.trace_id?.value,
        statement_descriptor: wire.statement_descriptor,
      }),
      status: status.known,
      rawStatus: wire.status,
      extensions: extensionsOf(
        { automatic: wire.automatic, method: wire.method, type: wire.type, description: wire.description },
        wire.metadata,
      ),
    },
    status.unknown,
  );
}
