import { z } from "zod";
import { missing } from "../world/errors.ts";
import {
  boolean,
  clearable,
  currency,
  expand,
  ignored,
  integer,
  mergeMetadata,
  metadata,
  parseParams,
  positive,
} from "../request/params.ts";
import { captureCharge } from "../operations/charging.ts";
import { createLegacyCharge } from "../operations/charges.ts";
import type { Account } from "../operations/account.ts";
import type { Charge } from "../world/wire.ts";
import { changedText, readRoutes, type Route } from "./route.ts";

const createSchema = z.strictObject({
  amount: positive,
  currency,
  source: z.string().optional(),
  customer: z.string().optional(),
  capture: boolean.optional(),
  description: clearable.optional(),
  metadata: metadata.optional(),
  receipt_email: clearable.optional(),
  statement_descriptor: ignored,
  statement_descriptor_suffix: clearable.optional(),
  shipping: ignored,
  expand,
});
const updateSchema = z.strictObject({
  description: clearable.optional(),
  metadata: metadata.optional(),
  receipt_email: clearable.optional(),
  customer: z.string().optional(),
  fraud_details: ignored,
  shipping: ignored,
  transfer_group: ignored,
  expand,
});
const captureSchema = z.strictObject({
  amount: integer.optional(),
  receipt_email: ignored,
  statement_descriptor: ignored,
  statement_descriptor_suffix: ignored,
  expand,
});

function requireCharge({ world }: Account, id: string): Charge {
  const charge = world.store.get("charge", id);
  if (charge === undefined) throw missing("charge", id, "id");
  return charge;
}

const create: Route = {
  method: "POST",
  path: "/v1/charges",
  handle(account, request) {
    const params = parseParams(createSchema, request.params);
    const id = createLegacyCharge(account, {
      amount: params.amount,
      currency: params.currency,
      source: params.source,
      customer: params.customer,
      capture: params.capture ?? true,
      description: params.description ?? null,
      metadata: mergeMetadata({}, params.metadata),
      receiptEmail: params.receipt_email ?? null,
      statementDescriptorSuffix: params.statement_descriptor_suffix ?? null,
    });
    return changedText(account, "charge", id, request);
  },
};

const update: Route = {
  method: "POST",
  path: "/v1/charges/:id",
  handle(account, request) {
    const params = parseParams(updateSchema, request.params);
    const before = requireCharge(account, request.id);
    const patch = {
      description: params.description === undefined ? before.description : params.description,
      receipt_email: params.receipt_email === undefined ? before.receipt_email : params.receipt_email,
      customer: params.customer ?? before.customer,
      metadata: mergeMetadata(before.metadata, params.metadata),
    };
    account.world.update("charge", request.id, patch, ["charge.updated"]);
    return changedText(account, "charge", request.id, request);
  },
};

/** `/v1/charges` */
export const chargeRoutes: readonly Route[] = [
  ...readRoutes({ type: "charge", url: "/v1/charges", filters: ["customer", "payment_intent"] }),
  create,
  update,
  {
    method: "POST",
    path: "/v1/charges/:id/capture",
    handle(account, request) {
      const { amount } = parseParams(captureSchema, request.params);
      const charge = requireCharge(account, request.id);
      captureCharge(account, charge, amount ?? charge.amount);
      return changedText(account, "charge", request.id, request);
    },
  },
];
