import { z } from "zod";
import { steadyMs } from "../arrivals/steady-clock.ts";
import { ACCOUNT_LIMIT, accountLimitBody, accountLimitOf, limitsBody } from "../limits/limit-body.ts";
import type { Limit } from "../limits/limit.ts";
import type { ControlCall, ControlOptions, ControlRoute } from "./control-route.ts";

const foreignBody = z.strictObject({
  perSecond: z.number().nonnegative().max(10_000),
  key: z.string().min(1).optional(),
  method: z.enum(["GET", "POST", "DELETE"]).default("GET"),
  path: z.string().startsWith("/v1/").default("/v1/balance"),
});

const limitList = ({ limits }: ControlOptions) => ({ json: { limits: limits.list() } });
const foreignList = ({ foreign }: ControlOptions) => ({ json: { foreign: foreign.list() } });

/** Routes for limits and their foreign consumers. */
export const LIMIT_ROUTES: readonly (readonly [string, ControlRoute])[] = [
  ["GET limits", limitList],
  ["POST limits", (options, { body }) => replaceLimits(options, limitsBody.parse(body).limits)],
  ["DELETE limits", (options) => replaceLimits(options, [])],
  ["POST rate-limit", limitAccount],
  ["GET foreign", foreignList],
  ["POST foreign", changeForeign],
];

function replaceLimits(options: ControlOptions, limits: readonly Limit[]) {
  // Permits due until now are taken from the limits that applied until now.
  options.foreign.advance(steadyMs());
  options.limits.replace(limits);
  return limitList(options);
}

function limitAccount(options: ControlOptions, call: ControlCall) {
  const body = accountLimitBody.parse(call.body);
  const limit = accountLimitOf(body);
  const others = options.limits.list().filter(({ name }) => name !== ACCOUNT_LIMIT);
  replaceLimits(options, limit === undefined ? others : [...others, limit]);
  return { json: { ...body, burst: body.burst ?? body.perSecond } };
}

function changeForeign(options: ControlOptions, call: ControlCall) {
  const { key = options.apiKey, ...more } = foreignBody.parse(call.body);
  options.foreign.set({ key, ...more }, steadyMs());
  return foreignList(options);
}
