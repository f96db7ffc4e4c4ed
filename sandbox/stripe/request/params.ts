import { z } from "zod";
import { invalidRequest, type StripeError } from "../world/errors.ts";
import type { FormHash } from "./form.ts";

/** An integer as text; amounts are within a double's exact range. */
export const integer = z
  .string()
  .regex(/^-?\d{1,15}$/u, "Invalid integer")
  .transform(Number);
export const positive = integer.refine((value) => value > 0, "This value must be greater than or equal to 1.");
export const boolean = z.enum(["true", "false"]).transform((value) => value === "true");
/** Text that can be removed: Stripe unsets an attribute that is sent as an empty string. */
export const clearable = z.string().transform((value) => (value === "" ? null : value));
export const currency = z.string().transform((value) => value.toLowerCase());
/** Keys to set; an empty value removes its key, an empty string in place of the hash removes all. */
export const metadata = z.union([z.record(z.string(), z.string()), z.literal("")]);
export const expand = z.array(z.string()).optional();
/** A parameter of the API that the sandbox ignores. */
export const ignored = z.unknown().optional();

const address = z
  .strictObject({
    city: clearable,
    country: clearable,
    line1: clearable,
    line2: clearable,
    postal_code: clearable,
    state: clearable,
  })
  .partial()
  .transform((value) => ({
    city: value.city ?? null,
    country: value.country ?? null,
    line1: value.line1 ?? null,
    line2: value.line2 ?? null,
    postal_code: value.postal_code ?? null,
    state: value.state ?? null,
  }));

export const addressParam = address;

/** Shipping address and recipient. */
export const shippingParam = z
  .strictObject({
    address,
    name: z.string(),
    carrier: z.string().optional(),
    phone: z.string().optional(),
    tracking_number: z.string().optional(),
  })
  .transform((value) => ({
    address: value.address,
    name: value.name,
    carrier: value.carrier ?? null,
    phone: value.phone ?? null,
    tracking_number: value.tracking_number ?? null,
  }));

/** Returns `metadata` after a change. */
export function mergeMetadata(
  before: Readonly<Record<string, string>> | null,
  change: z.infer<typeof metadata> | undefined,
): Record<string, string> {
  if (change === undefined) return { ...before };
  if (change === "") return {};
  const merged = { ...before, ...change };
  return Object.fromEntries(Object.entries(merged).filter(([, value]) => value !== ""));
}

/** Parses parameters with their schema. @throws StripeError that names the first invalid one, as Stripe does */
export function parseParams<T>(schema: z.ZodType<T>, params: FormHash): T {
  const result = schema.safeParse({ ...params });
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  throw issue === undefined ? invalidRequest("Invalid request.") : errorOf(issue, params);
}

function errorOf(issue: z.core.$ZodIssue, params: FormHash): StripeError {
  const [first = "", ...rest] = issue.path.map(String);
  const param = first + rest.map((segment) => `[${segment}]`).join("");
  if (issue.code === "unrecognized_keys") {
    const unknown = param === "" ? (issue.keys[0] ?? "") : `${param}[${issue.keys[0] ?? ""}]`;
    return invalidRequest(`Received unknown parameter: ${unknown}`, { code: "parameter_unknown", param: unknown });
  }
  if (issue.code === "invalid_type" && rest.length === 0 && params[first] === undefined) {
    return invalidRequest(`Missing required param: ${param}.`, { code: "parameter_missing", param });
  }
  const isInteger = issue.message.includes("integer") || issue.message.includes("value must");
  return invalidRequest(`Invalid ${param}: ${issue.message}`, {
    param,
    ...(isInteger ? { code: "parameter_invalid_integer" } : {}),
  });
}
