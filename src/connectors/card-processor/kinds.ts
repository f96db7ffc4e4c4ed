import type { EntityType } from "../../domain/ids.ts";
import type { MessageType } from "../../protocols/protobuf/message.ts";
import { mapCardholder } from "./map/cardholder.ts";
import { mapDispute } from "./map/dispute.ts";
import { mapLedgerEntry } from "./map/ledger-entry.ts";
import type { Observation } from "./map/observation.ts";
import { mapPayment } from "./map/payment.ts";
import { mapRefund } from "./map/refund.ts";
import { mapSettlement } from "./map/settlement.ts";
import { messageNamed } from "./wire/contract.ts";
import {
  cardholderWire,
  disputeWire,
  ledgerEntryWire,
  paymentWire,
  refundWire,
  settlementWire,
} from "./wire/objects.ts";

/** A kind of object of the contract, with a list of its own. */
export interface ObjectKind {
  readonly message: MessageType;
  /** Entity that the object is; it may contain others. */
  readonly entity: EntityType;
  /** Plural in the names of its methods: `ListPayments`. */
  readonly plural: string;
  /** Maps a plain message. @throws ZodError | ServiceError UPSTREAM_MALFORMED */
  readonly observe: (plain: unknown) => readonly Observation[];
}

/** The kinds by the names of the members of `Change.object`. */
export const KINDS = {
  cardholder: {
    message: messageNamed("Cardholder"),
    entity: "Party",
    plural: "Cardholders",
    observe: (plain) => mapCardholder(cardholderWire.parse(plain)),
  },
  payment: {
    message: messageNamed("Payment"),
    entity: "Payment",
    plural: "Payments",
    observe: (plain) => mapPayment(paymentWire.parse(plain)),
  },
  refund: {
    message: messageNamed("Refund"),
    entity: "Refund",
    plural: "Refunds",
    observe: (plain) => mapRefund(refundWire.parse(plain)),
  },
  dispute: {
    message: messageNamed("Dispute"),
    entity: "Dispute",
    plural: "Disputes",
    observe: (plain) => mapDispute(disputeWire.parse(plain)),
  },
  settlement: {
    message: messageNamed("Settlement"),
    entity: "Payout",
    plural: "Settlements",
    observe: (plain) => mapSettlement(settlementWire.parse(plain)),
  },
  ledger_entry: {
    message: messageNamed("LedgerEntry"),
    entity: "LedgerEntry",
    plural: "LedgerEntries",
    observe: (plain) => mapLedgerEntry(ledgerEntryWire.parse(plain)),
  },
} as const satisfies Readonly<Record<string, ObjectKind>>;

/** Returns the kind of a member of `Change.object`; undefined for one that is no object. */
export function kindNamed(name: string): ObjectKind | undefined {
  return Object.hasOwn(KINDS, name) ? KINDS[name as keyof typeof KINDS] : undefined; // checked on the left
}
