import { amount } from "../fields/amount.ts";
import { optional, required } from "../fields/field-kind.ts";
import { ItemFault } from "../fields/item.ts";
import { text } from "../fields/text.ts";
import { references } from "../fields/texts.ts";
import { word } from "../fields/word.ts";
import { minorIn } from "./amounts.ts";
import { defineMapping } from "./entity-mapping.ts";

export const payment = defineMapping({
  entity: "Payment",
  fields: {
    amount: required(amount),
    capturedAmount: optional(amount),
    kind: required(word(["PAYIN", "PAYOUT", "TRANSFER"])),
    status: required(
      word([
        "AWAITING_METHOD",
        "AWAITING_CONFIRMATION",
        "REQUIRES_ACTION",
        "PROCESSING",
        "AUTHORIZED",
        "SUCCEEDED",
        "FAILED",
        "CANCELED",
      ]),
    ),
    debtorExternalId: optional(text),
    creditorExternalId: optional(text),
    method: optional(text),
    description: optional(text),
    references: optional(references),
  },
  build(values, base) {
    const { known: kind } = values.kind;
    if (kind === undefined) throw new ItemFault("kind", "must be a value that the settings map");
    // A contract without the captured amount has no partial captures.
    const captured = values.capturedAmount ?? (values.status.known === "SUCCEEDED" ? values.amount : undefined);
    return {
      ...base,
      type: "Payment",
      kind,
      amount: values.amount,
      capturedMinor: minorIn(values.amount, captured, "capturedAmount"),
      debtorExternalId: values.debtorExternalId,
      creditorExternalId: values.creditorExternalId,
      method: values.method,
      description: values.description,
      references: values.references ?? [],
      status: values.status.known,
      rawStatus: values.status.raw,
    };
  },
});
