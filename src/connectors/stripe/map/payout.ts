import type { PayoutDisclosure, PayoutStatus } from "../../../domain/entities.ts";
import { stripeMoney } from "./currency.ts";
import { recordOf, type Observation } from "./observation.ts";
import type { PayoutWire } from "../wire/payout.ts";
import { BALANCE_ACCOUNT_ID } from "./balance.ts";
import { mapExternalAccount } from "./external-account.ts";
import { dateOf, dateTimeOf, extensionsOf, referencesOf } from "./fields.ts";
import { type Word, wordOf } from "./words.ts";

const STATUS: Readonly<Record<string, PayoutStatus>> = {
  pending: "PENDING",
  in_transit: "IN_TRANSIT",
  paid: "PAID",
  failed: "FAILED",
  canceled: "CANCELED",
};

/** Source: Stripe docs, "Payout reconciliation". For a manual payout Stripe does not disclose what it paid out. */
const DISCLOSURE: Readonly<Record<string, PayoutDisclosure>> = {
  completed: "DISCLOSED",
  in_progress: "PENDING",
  not_applicable: "NOT_DISCLOSED",
};

/** Maps the payout, and its destination if that was expanded. */
export function mapPayout(wire: PayoutWire): readonly Observation[] {
  const { destination } = wire;
  if (!destination || typeof destination === "string") return [payout(wire, destination ?? undefined)];
  return [mapExternalAccount(destination), payout(wire, destination.id)];
}

function payout(wire: PayoutWire, destinationExternalId: string | undefined): Observation {
  const status = wordOf(STATUS, "status", wire.status);
  const disclosure = disclosureOf(wire);
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
        // set on a reversal, which takes back the money of another payout
        "stripe.original_payout": wire.original_payout,
      }),
      disclosure: disclosure.known,
      status: status.known,
      rawStatus: wire.status,
      extensions: extensionsOf(
        {
          automatic: wire.automatic,
          method: wire.method,
          type: wire.type,
          description: wire.description,
          reversed_by: wire.reversed_by,
        },
        wire.metadata,
      ),
    },
    status.unknown,
    disclosure.unknown,
  );
}

/**
 * Returns the disclosure. API versions from before `reconciliation_status` only report if Stripe or its user made the
 * payout.
 */
function disclosureOf({ automatic, reconciliation_status: word }: PayoutWire): Word<PayoutDisclosure> {
  if (word) return wordOf(DISCLOSURE, "reconciliation_status", word);
  if (typeof automatic !== "boolean") return { known: undefined, unknown: undefined };
  return { known: automatic ? "DISCLOSED" : "NOT_DISCLOSED", unknown: undefined };
}
