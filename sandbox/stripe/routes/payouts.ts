import { z } from "zod";
import {
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
import { cancelPayout, createPayout, updatePayout } from "../operations/payouts.ts";
import { changedText, readRoutes, type Route } from "./route.ts";

const createSchema = z.strictObject({
  amount: positive,
  currency,
  description: clearable.optional(),
  metadata: metadata.optional(),
  method: z.enum(["standard", "instant"]).default("standard"),
  statement_descriptor: clearable.optional(),
  destination: ignored,
  payout_method: ignored,
  source_type: ignored,
  expand,
});
const updateSchema = z.strictObject({ metadata: metadata.optional(), expand });

const arrival = z
  .union([integer, z.strictObject({ gt: integer, gte: integer, lt: integer, lte: integer }).partial()])
  .optional();

/** `/v1/payouts` */
export const payoutRoutes: readonly Route[] = [
  ...readRoutes({
    type: "payout",
    url: "/v1/payouts",
    filters: ["status", "destination"],
    extra: {
      shape: { arrival_date: arrival },
      matches(params) {
        const requested = arrival.safeParse(params["arrival_date"]).data;
        if (requested === undefined) return () => true;
        if (typeof requested === "number") return (entry) => entry.fields.arrival_date === requested;
        const { gt = -1, gte = 0, lt = Infinity, lte = Infinity } = requested;
        return ({ fields: { arrival_date: at = 0 } }) => at > gt && at >= gte && at < lt && at <= lte;
      },
    },
  }),
  {
    method: "POST",
    path: "/v1/payouts",
    handle(account, request) {
      const params = parseParams(createSchema, request.params);
      const id = createPayout(account, {
        amount: params.amount,
        currency: params.currency,
        description: params.description ?? null,
        metadata: mergeMetadata({}, params.metadata),
        method: params.method,
        statementDescriptor: params.statement_descriptor ?? null,
      });
      return changedText(account, "payout", id, request);
    },
  },
  {
    method: "POST",
    path: "/v1/payouts/:id",
    handle(account, request) {
      const params = parseParams(updateSchema, request.params);
      const before = account.world.store.get("payout", request.id)?.metadata ?? {};
      updatePayout(account, request.id, mergeMetadata(before, params.metadata));
      return changedText(account, "payout", request.id, request);
    },
  },
  {
    method: "POST",
    path: "/v1/payouts/:id/cancel",
    handle(account, request) {
      parseParams(z.strictObject({ expand }), request.params);
      cancelPayout(account, request.id);
      return changedText(account, "payout", request.id, request);
    },
  },
];
