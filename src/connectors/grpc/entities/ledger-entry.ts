import { amount } from "../fields/amount.ts";
import { optional, required } from "../fields/field-kind.ts";
import { ItemFault } from "../fields/item.ts";
import { text } from "../fields/text.ts";
import { time } from "../fields/time.ts";
import { word } from "../fields/word.ts";
import { minorIn } from "./amounts.ts";
import { defineMapping } from "./entity-mapping.ts";

export const ledgerEntry = defineMapping({
  entity: "LedgerEntry",
  fields: {
    accountExternalId: required(text),
    kind: required(
      word([
        "PAYMENT",
        "REFUND",
        "DISPUTE",
        "PAYOUT",
        "FEE",
        "ADJUSTMENT",
        "TRANSFER",
        "TOPUP",
        "RESERVE",
        "FINANCING",
      ]),
    ),
    gross: required(amount),
    fee: optional(amount),
    net: optional(amount),
    originType: optional(word(["PaymentAttempt", "Refund", "Dispute", "Payout"])),
    originExternalId: optional(text),
    availableOn: optional(time),
    description: optional(text),
    exchangeRate: optional(text),
  },
  build({ kind, gross, fee, net, originType, ...values }, base) {
    const feeMinor = minorIn(gross, fee, "fee");
    const netMinor = net === undefined ? gross.minor - feeMinor : minorIn(gross, net, "net");
    if (feeMinor + netMinor !== gross.minor) throw new ItemFault("gross", "must be the sum of fee and net");
    return {
      ...base,
      type: "LedgerEntry",
      accountExternalId: values.accountExternalId,
      kind: kind.known,
      rawKind: kind.raw,
      gross,
      feeMinor,
      netMinor,
      originType: originType?.known,
      // without a type the id would name nothing
      originExternalId: originType?.known === undefined ? undefined : values.originExternalId,
      availableOn: values.availableOn,
      description: values.description,
      exchangeRate: values.exchangeRate,
    };
  },
});
