import { amount } from "../fields/amount.ts";
import { optional, required } from "../fields/field-kind.ts";
import { day } from "../fields/day.ts";
import { text } from "../fields/text.ts";
import { references } from "../fields/texts.ts";
import { word } from "../fields/word.ts";
import { defineMapping } from "./entity-mapping.ts";

export const payout = defineMapping({
  entity: "Payout",
  fields: {
    amount: required(amount),
    status: required(word(["PENDING", "IN_TRANSIT", "PAID", "FAILED", "CANCELED"])),
    accountExternalId: required(text),
    destinationExternalId: optional(text),
    arrivalDate: optional(day),
    failureReason: optional(text),
    references: optional(references),
  },
  build: ({ status, amount: money, ...values }, base) => ({
    ...base,
    type: "Payout",
    accountExternalId: values.accountExternalId,
    destinationExternalId: values.destinationExternalId,
    amount: money,
    arrivalDate: values.arrivalDate,
    failureReason: values.failureReason,
    references: values.references ?? [],
    disclosure: undefined,
    status: status.known,
    rawStatus: status.raw,
  }),
});
