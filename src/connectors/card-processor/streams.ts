import type { StreamSpec } from "../../connector-api/connector.ts";
import type { EntityType } from "../../domain/ids.ts";
import { KINDS, type ObjectKind } from "./kinds.ts";

/** A stream that is a list of the contract. */
export interface ListStream extends StreamSpec {
  readonly kind: ObjectKind;
}

function listStream(name: string, kind: ObjectKind, ...entities: readonly EntityType[]): ListStream {
  // lists are in order of the last change, so a creation range cannot be read by itself
  return { name, kind, entities: [kind.entity, ...entities], ranged: false };
}

export const SETTLEMENTS = "settlements";

export const LIST_STREAMS: readonly ListStream[] = [
  listStream("cardholders", KINDS.cardholder),
  listStream("payments", KINDS.payment, "PaymentAttempt"),
  listStream("refunds", KINDS.refund),
  listStream("disputes", KINDS.dispute),
  {
    ...listStream(SETTLEMENTS, KINDS.settlement, "Account", "LedgerEntry"),
    comparison: {
      types: [
        { type: "Payout", listing: "COMPLETE" },
        { type: "Account", listing: "PARTIAL" },
      ],
    },
  },
  {
    ...listStream("ledger_entries", KINDS.ledger_entry),
    comparison: { types: [{ type: "LedgerEntry", listing: "COMPLETE" }] },
  },
];

export const BALANCES: StreamSpec = { name: "balances", entities: ["Account", "Balance"], ranged: false };

export const STREAMS: readonly StreamSpec[] = [
  BALANCES,
  ...LIST_STREAMS.map(({ name, entities, ranged, comparison }) => ({
    name,
    entities,
    ranged,
    ...(comparison && { comparison }),
  })),
];
