import { z } from "zod";
import { invalidRequest, missing } from "../world/errors.ts";
import { expand, ignored, mergeMetadata, metadata, parseParams, positive } from "../request/params.ts";
import { createRefund, updateRefund } from "../operations/refunds.ts";
import { changedText, readRoutes, type Route } from "./route.ts";

const createSchema = z.strictObject({
  charge: z.string().optional(),
  payment_intent: z.string().optional(),
  amount: positive.optional(),
  reason: z.enum(["duplicate", "fraudulent", "requested_by_customer"]).optional(),
  metadata: metadata.optional(),
  instructions_email: ignored,
  refund_application_fee: ignored,
  reverse_transfer: ignored,
  expand,
});
const updateSchema = z.strictObject({ metadata: metadata.optional(), expand });

/** `/v1/refunds` */
export const refundRoutes: readonly Route[] = [
  ...readRoutes({ type: "refund", url: "/v1/refunds", filters: ["charge", "payment_intent"] }),
  {
    method: "POST",
    path: "/v1/refunds",
    handle(account, request) {
      const params = parseParams(createSchema, request.params);
      const id = createRefund(account, {
        charge: params.charge,
        paymentIntent: params.payment_intent,
        amount: params.amount,
        reason: params.reason ?? null,
        metadata: mergeMetadata({}, params.metadata),
      });
      return changedText(account, "refund", id, request);
    },
  },
  {
    method: "POST",
    path: "/v1/refunds/:id",
    handle(account, request) {
      const params = parseParams(updateSchema, request.params);
      const before = account.world.store.get("refund", request.id);
      updateRefund(account, request.id, mergeMetadata(before?.metadata ?? {}, params.metadata));
      return changedText(account, "refund", request.id, request);
    },
  },
  {
    method: "POST",
    path: "/v1/refunds/:id/cancel",
    handle(account, { id }) {
      const refund = account.world.store.get("refund", id);
      if (refund === undefined) throw missing("refund", id, "refund");
      // Only refunds that wait for the payer's bank details can be canceled; the sandbox makes none of them.
      throw invalidRequest(`Refund ${id} is ${String(refund.status)} and cannot be canceled.`);
    },
  },
];
