import { z } from "zod";
import { HEADER_STYLES, DISTORTION_NAMES, type Limit, type Rule } from "./limit.ts";

const count = z.int().positive();
const common = {
  name: z.string().regex(/^[\w.:-]{1,40}$/u, "must be 1 to 40 letters, digits or _.:-"),
  match: z
    .strictObject({
      method: z.enum(["read", "write"]),
      path: z.string().regex(/^\/v1\/[a-z_]+(?:\/[^/]+)*$/u, "must be a path below /v1/, without a slash at its end"),
    })
    .partial()
    .default({}),
  weights: z.record(z.string().regex(/^(?:(?:GET|POST|DELETE) )?\/v1\/[a-z_:/]+$/u), count).optional(),
  keys: z.array(z.string()).min(1).optional(),
  shared: z.boolean().default(false),
  headers: z.enum(HEADER_STYLES).default("none"),
  retryAfter: z.string().optional(),
  distortion: z.enum(DISTORTION_NAMES).optional(),
};
const windowShape = { quota: count, windowMs: z.number().positive().default(1000) };
const needsHeaders = (distortion: string | undefined, headers: string) =>
  distortion === undefined || headers !== "none";
const fits = (distortion: string | undefined, headers: string) =>
  headers.startsWith("x-epoch") ? distortion !== "epoch-as-delta" : distortion !== "delta-as-epoch";

const limitBody = z
  .discriminatedUnion("kind", [
    z.strictObject({
      ...common,
      kind: z.literal("token-bucket"),
      perSecond: z.number().positive(),
      burst: z.number().min(1).optional(),
    }),
    z.strictObject({ ...common, kind: z.literal("fixed-window"), ...windowShape }),
    z.strictObject({ ...common, kind: z.literal("sliding-window"), ...windowShape }),
    z.strictObject({ ...common, kind: z.literal("concurrency"), concurrency: count }),
  ])
  .refine(({ distortion, headers }) => needsHeaders(distortion, headers), {
    error: "lie requires headers",
    path: ["distortion"],
  })
  .refine(({ distortion, headers }) => fits(distortion, headers), {
    error: "lie does not apply to the unit of these headers",
    path: ["distortion"],
  });

/** Body of `POST /_sandbox/limits`. README.md has the fields and their defaults. */
export const limitsBody = z.strictObject({
  limits: z
    .array(limitBody)
    .max(20)
    .refine((limits) => new Set(limits.map(({ name }) => name)).size === limits.length, "names must be unique")
    .refine(
      (limits) => !(hasStyle(limits, "ietf") && hasStyle(limits, "ietf-old")),
      "ietf and ietf-old use two grammars of RateLimit-Policy: choose one",
    )
    .transform((limits) => limits.map(limitOf)),
});

const hasStyle = (limits: readonly { readonly headers: string }[], style: string): boolean =>
  limits.some(({ headers }) => headers === style);

function limitOf(body: z.infer<typeof limitBody>): Limit {
  const { name, match, weights, keys, shared, headers, retryAfter, distortion } = body;
  const { method, path } = match;
  return { name, rule: ruleOf(body), method, path, weights, keys, shared, headers, retryAfter, distortion };
}

function ruleOf(body: z.infer<typeof limitBody>): Rule {
  switch (body.kind) {
    case "token-bucket":
      return { kind: body.kind, perSecond: body.perSecond, burst: body.burst ?? Math.max(1, body.perSecond) };
    case "fixed-window":
    case "sliding-window":
      return { kind: body.kind, quota: body.quota, windowMs: body.windowMs };
    case "concurrency":
      return { kind: body.kind, concurrency: body.concurrency };
  }
}

/** Body of `POST /_sandbox/rate-limit`: one bucket for the whole account, active in addition to the other limits. */
export const accountLimitBody = z.strictObject({
  perSecond: z.number().nonnegative(),
  burst: z.number().positive().optional(),
  retryAfter: z.string().optional(),
});

/** Name of the limit that `POST /_sandbox/rate-limit` sets. */
export const ACCOUNT_LIMIT = "account";

/** The account's limit; undefined at 0 per second. */
export function accountLimitOf(body: z.infer<typeof accountLimitBody>): Limit | undefined {
  const { perSecond, burst = perSecond, retryAfter } = body;
  if (perSecond === 0) return undefined;
  const everything = { method: undefined, path: undefined, weights: undefined, keys: undefined };
  const rule = { kind: "token-bucket", perSecond, burst } as const;
  return { name: ACCOUNT_LIMIT, rule, ...everything, shared: true, headers: "none", retryAfter, distortion: undefined };
}
