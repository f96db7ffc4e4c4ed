import { amount } from "../fields/amount.ts";
import { optional, required } from "../fields/field-kind.ts";
import { text } from "../fields/text.ts";
import { time } from "../fields/time.ts";
import { word } from "../fields/word.ts";
import { defineMapping } from "./entity-mapping.ts";

export const dispute = defineMapping({
  entity: "Dispute",
  fields: {
    amount: required(amount),
    status: required(word(["NEEDS_RESPONSE", "UNDER_REVIEW", "WON", "LOST", "CLOSED", "PREVENTED"])),
    stage: optional(word(["INQUIRY", "CHARGEBACK"])),
    paymentExternalId: optional(text),
    attemptExternalId: optional(text),
    reason: optional(text),
    evidenceDueBy: optional(time),
  },
  build: ({ status, stage, amount: money, ...values }, base) => ({
    ...base,
    type: "Dispute",
    paymentExternalId: values.paymentExternalId,
    attemptExternalId: values.attemptExternalId,
    amount: money,
    reason: values.reason,
    stage: stage?.known,
    evidenceDueBy: values.evidenceDueBy,
    status: status.known,
    rawStatus: status.raw,
  }),
});
