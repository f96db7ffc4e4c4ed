import { amount } from "../fields/amount.ts";
import { optional, required } from "../fields/field-kind.ts";
import { text } from "../fields/text.ts";
import { word } from "../fields/word.ts";
import { defineMapping } from "./entity-mapping.ts";

export const refund = defineMapping({
  entity: "Refund",
  fields: {
    amount: required(amount),
    status: required(word(["PENDING", "REQUIRES_ACTION", "SUCCEEDED", "FAILED", "CANCELED", "RELEASED"])),
    paymentExternalId: optional(text),
    attemptExternalId: optional(text),
    reason: optional(text),
    failureReason: optional(text),
  },
  build: ({ status, amount: money, ...values }, base) => ({
    ...base,
    type: "Refund",
    paymentExternalId: values.paymentExternalId,
    attemptExternalId: values.attemptExternalId,
    amount: money,
    reason: values.reason,
    failureReason: values.failureReason,
    status: status.known,
    rawStatus: status.raw,
  }),
});
