import { z } from "zod";
import { dialectSchema } from "../render/dialect.ts";
import { faultSchema } from "../render/fault.ts";
import { VERSIONS } from "../render/version.ts";
import { KINDS } from "./message.ts";

const day = z.int().nonnegative();

/** What is to be written, in plain data: the same request on the same world gives the same bytes. */
export const requestSchema = z.strictObject({
  /** Business days from 0, in the order of their delivery. */
  days: z.array(day).min(1),
  kind: z.enum(KINDS).default("camt.053"),
  version: z.literal(VERSIONS).default(8),
  dialect: dialectSchema.prefault({}),
  fault: faultSchema.optional(),
  /** Index of the only account; default all. */
  account: z.int().nonnegative().optional(),
  /** camt.052: how much of the day is over. */
  portion: z.number().min(0).max(1).default(0.6),
  /** Name of the first file, also one that is there already: the same name, other content. Default: one never used before. */
  name: z
    .string()
    .regex(/^[\w.-]{1,200}$/u)
    .optional(),
  /** All files in one ZIP. */
  zip: z.boolean().default(false),
});
export type PlanRequest = z.infer<typeof requestSchema>;

/** A request with its defaults. */
export function requestOf(request: z.input<typeof requestSchema>): PlanRequest {
  return requestSchema.parse(request);
}
