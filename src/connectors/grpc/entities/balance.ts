import { amount } from "../fields/amount.ts";
import { optional, required } from "../fields/field-kind.ts";
import { ItemFault } from "../fields/item.ts";
import { text } from "../fields/text.ts";
import { time } from "../fields/time.ts";
import { word } from "../fields/word.ts";
import { defineMapping } from "./entity-mapping.ts";

/** A balance has no id at most upstreams: its account, kind and currency are one. */
export const balance = defineMapping({
  entity: "Balance",
  hasId: false,
  fields: {
    accountExternalId: required(text),
    kind: required(word(["AVAILABLE", "BOOKED", "PENDING", "RESERVED", "OPENING", "CLOSING"])),
    amount: required(amount),
    asOf: optional(time),
  },
  build({ accountExternalId, kind: { known: kind }, amount: money, asOf }, base, { observedAt }) {
    if (kind === undefined) throw new ItemFault("kind", "must be a value that the settings map");
    return {
      ...base,
      type: "Balance",
      externalId: `${accountExternalId}:${kind}:${money.currency}`,
      accountExternalId,
      kind,
      money,
      asOf: asOf ?? observedAt,
    };
  },
});
