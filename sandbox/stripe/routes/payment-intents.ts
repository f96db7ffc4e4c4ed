import { z } from "zod";
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
  shippingParam,
} from "../request/params.ts";
import {
  cancelIntent,
  captureIntent,
  confirmIntent,
  createIntent,
  requireIntent,
  updateIntent,
} from "../operations/payment-intents.ts";
import { changedText, readRoutes, type Route } from "./route.ts";

const common = {
  customer: z.string().optional(),
  description: clearable.optional(),
  metadata: metadata.optional(),
  payment_method: z.string().optional(),
  payment_method_types: z.array(z.string()).optional(),
  receipt_email: clearable.optional(),
  setup_future_usage: z.enum(["off_session", "on_session"]).optional(),
  shipping: shippingParam.optional(),
  statement_descriptor: clearable.optional(),
  statement_descriptor_suffix: clearable.optional(),
  transfer_group: z.string().optional(),
  expand,
  payment_method_data: ignored,
  payment_method_options: ignored,
};
const confirmation = {
  error_on_requires_action: ignored,
  mandate: ignored,
  mandate_data: ignored,
  off_session: ignored,
  return_url: ignored,
  use_stripe_sdk: ignored,
};
const captureMethod = z.enum(["automatic", "automatic_async", "manual"]).optional();

const createSchema = z.strictObject({
  ...common,
  ...confirmation,
  amount: positive,
  currency,
  capture_method: captureMethod,
  confirm: boolean.optional(),
  confirmation_method: z.enum(["automatic", "manual"]).optional(),
  automatic_payment_methods: ignored,
});
const updateSchema = z.strictObject({
  ...common,
  amount: positive.optional(),
  currency: currency.optional(),
  capture_method: captureMethod,
});
const confirmSchema = z.strictObject({
  ...confirmation,
  payment_method: z.string().optional(),
  payment_method_data: ignored,
  payment_method_options: ignored,
  capture_method: captureMethod,
  expand,
});
const captureSchema = z.strictObject({
  amount_to_capture: integer.optional(),
  final_capture: ignored,
  metadata: metadata.optional(),
  statement_descriptor: ignored,
  statement_descriptor_suffix: ignored,
  expand,
});
const cancelSchema = z.strictObject({
  cancellation_reason: z.enum(["abandoned", "duplicate", "fraudulent", "requested_by_customer"]).optional(),
  expand,
});

/** Attributes that were sent, for `newPaymentIntent` and for updates. */
function attributes(params: z.infer<typeof updateSchema>) {
  const {
    metadata: _metadata,
    expand: _expand,
    payment_method_data: _data,
    payment_method_options: _options,
    ...rest
  } = params;
  const sent = Object.entries(rest).filter(([, value]) => value !== undefined);
  // The same keys and values without the undefined ones.
  return Object.fromEntries(sent) as { [K in keyof typeof rest]?: Exclude<(typeof rest)[K], undefined> };
}

const create: Route = {
  method: "POST",
  path: "/v1/payment_intents",
  handle(account, request) {
    const {
      confirm,
      confirmation_method: _method,
      automatic_payment_methods: _auto,
      ...params
    } = parseParams(createSchema, request.params);
    const {
      error_on_requires_action: _e,
      mandate: _m,
      mandate_data: _d,
      off_session: _o,
      return_url: _r,
      use_stripe_sdk: _u,
      ...rest
    } = params;
    const id = createIntent(account, {
      ...attributes(rest),
      amount: params.amount,
      currency: params.currency,
      metadata: mergeMetadata({}, params.metadata),
    });
    if (confirm === true) confirmIntent(account, id, undefined);
    return changedText(account, "payment_intent", id, request);
  },
};

const update: Route = {
  method: "POST",
  path: "/v1/payment_intents/:id",
  handle(account, request) {
    const params = parseParams(updateSchema, request.params);
    const before = requireIntent(account, request.id).metadata;
    updateIntent(account, request.id, { ...attributes(params), metadata: mergeMetadata(before, params.metadata) });
    return changedText(account, "payment_intent", request.id, request);
  },
};

/** `/v1/payment_intents` */
export const paymentIntentRoutes: readonly Route[] = [
  ...readRoutes({ type: "payment_intent", url: "/v1/payment_intents", filters: ["customer"] }),
  create,
  update,
  {
    method: "POST",
    path: "/v1/payment_intents/:id/confirm",
    handle(account, request) {
      confirmIntent(account, request.id, parseParams(confirmSchema, request.params).payment_method);
      return changedText(account, "payment_intent", request.id, request);
    },
  },
  {
    method: "POST",
    path: "/v1/payment_intents/:id/capture",
    handle(account, request) {
      captureIntent(account, request.id, parseParams(captureSchema, request.params).amount_to_capture);
      return changedText(account, "payment_intent", request.id, request);
    },
  },
  {
    method: "POST",
    path: "/v1/payment_intents/:id/cancel",
    handle(account, request) {
      const { cancellation_reason: reason } = parseParams(cancelSchema, request.params);
      cancelIntent(account, request.id, reason ?? null);
      return changedText(account, "payment_intent", request.id, request);
    },
  },
];
