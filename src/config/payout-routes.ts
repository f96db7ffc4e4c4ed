import { z } from "zod";
import { currencyExponent } from "../domain/currency.ts";
import { type ExchangeRule, feeProblems, type PayoutRoute, ROUTE_AMOUNT } from "../domain/payout-route.ts";
import type { ConfigIssue } from "./issue.ts";
import { identifier } from "./platforms.ts";
import { oneOf } from "./source-settings.ts";

const MAX_USUAL_DAYS = 30;

const currency = z
  .string()
  .refine((text) => currencyExponent(text) !== undefined, "must be a currency code of ISO 4217, such as EUR");
const amount = z.string().regex(ROUTE_AMOUNT, 'must be a decimal amount in quotes, such as "0.25"');
const day = z.string().refine((text) => isDate(text), 'must be a date in quotes, such as "2026-12-25"');

function isDate(text: string): boolean {
  return /^\d{4}-\d\d-\d\d$/.test(text) && new Date(`${text}T00:00:00Z`).toJSON()?.startsWith(text) === true;
}

const feeStep = z.strictObject({
  upTo: amount.optional().describe("Greatest amount of a transfer with this fee; left out in the last step."),
  amount,
});

/** A rule is either a rate with a rounding, or the instructed amount without one. */
function refuseHalfRules(
  { rate, by, rounding }: { readonly [Name in "rate" | "by" | "rounding"]?: string | undefined },
  context: z.RefinementCtx,
): void {
  const refuse = (path: string, message: string): void => context.addIssue({ code: "custom", path: [path], message });
  if (rate === undefined && by === undefined)
    refuse("by", 'must be "instructed-amount", or rate must be "ledger-entry"');
  else if (rate !== undefined && by !== undefined) refuse("by", "must not be set together with rate");
  else if (rate !== undefined && rounding === undefined) refuse("rounding", "is required with rate");
  else if (by !== undefined && rounding !== undefined)
    refuse("rounding", "must not be set with by: nothing is converted, and so nothing is rounded");
}

/** Routes of payouts in the settings file. */
export const payoutRoutesSchema = z
  .array(
    z.strictObject({
      id: identifier,
      tenant: identifier,
      from: z.strictObject({
        source: identifier,
        account: z.string().min(1).optional(),
        currency: currency.optional(),
      }),
      to: z.strictObject({ source: identifier, account: z.string().min(1).optional() }),
      usualDays: z.int().min(0).max(MAX_USUAL_DAYS).default(5),
      holidays: z.array(day).max(1_000).default([]),
      names: z.array(z.string().min(3).max(100)).max(20).default([]),
      fee: z
        .union([amount.transform((one) => [{ amount: one, upTo: undefined }]), z.array(feeStep).min(1).max(20)])
        .default([]),
      exchange: z
        .strictObject({
          to: currency,
          rate: z.literal("ledger-entry").optional(),
          by: z.literal("instructed-amount").optional(),
          rounding: z.enum(["half-up", "half-even", "down"]).optional(),
        })
        .superRefine(refuseHalfRules)
        .optional(),
    }),
  )
  .max(1_000)
  .default([]);

type GivenRoute = z.infer<typeof payoutRoutesSchema>[number];

const ROUNDING = { "half-up": "HALF_UP", "half-even": "HALF_EVEN", down: "DOWN" } as const;

/** Returns the declared routes by tenant, in the order of the file; mistakes are added to `issues`. */
export function payoutRoutesOf(
  routes: readonly GivenRoute[],
  sources: readonly { readonly id: string; readonly tenant: string }[],
  issues: ConfigIssue[],
): ReadonlyMap<string, readonly PayoutRoute[]> {
  const ids = new Set<string>();
  for (const [index, route] of routes.entries()) {
    const path = `payoutRoutes[${index}]`;
    if (ids.has(route.id))
      issues.push({ path: `${path}.id`, expected: `must be unique; "${route.id}" is there twice` });
    ids.add(route.id);
    // A source that was connected while the service runs is not in the file.
    const others = sources.filter(({ tenant }) => tenant !== route.tenant).map(({ id }) => id);
    const own = sources.filter(({ tenant }) => tenant === route.tenant).map(({ id }) => id);
    for (const side of ["from", "to"] as const) {
      const { source } = route[side];
      if (others.includes(source)) issues.push({ path: `${path}.${side}.source`, expected: oneOf(source, own) });
    }
    if (route.from.source === route.to.source)
      issues.push({ path: `${path}.to.source`, expected: "must be another source than that of from" });
    for (const { index: step, expected } of feeProblems(route.fee))
      issues.push({ path: `${path}.fee[${step}].upTo`, expected });
  }
  const byTenant = Map.groupBy(routes, ({ tenant }) => tenant);
  return new Map([...byTenant].map(([tenant, own]) => [tenant, own.map(routeOf)]));
}

function routeOf({ id, from, to, usualDays, holidays, names, fee, exchange }: GivenRoute): PayoutRoute {
  return {
    id,
    from: { sourceId: from.source, accountExternalId: from.account, currency: from.currency },
    to: { sourceId: to.source, accountExternalId: to.account },
    usualDays,
    holidays: new Set(holidays),
    names,
    fee: fee.map((step) => ({ upTo: step.upTo, amount: step.amount })),
    exchange: exchange && exchangeOf(exchange),
  };
}

/** The schema has checked which of them are set. */
function exchangeOf({ to, rounding }: NonNullable<GivenRoute["exchange"]>): ExchangeRule {
  if (rounding === undefined) return { by: "INSTRUCTED_AMOUNT", to };
  return { by: "LEDGER_ENTRY_RATE", to, rounding: ROUNDING[rounding] };
}
