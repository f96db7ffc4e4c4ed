import { z } from "zod";
import { dialectSchema } from "./dialect.ts";
import { faultSchema } from "./fault.ts";
import { VERSIONS } from "./version.ts";
import { KINDS } from "./message.ts";

const day = z.int().nonnegative();

/** Description of the messages to write, in plain data: the same request on the same world gives the same bytes. */
export const requestSchema = z.strictObject({
  /** Business days from 0, in the order of their delivery. */
  days: z.array(day).min(1),
  kind: z.enum(KINDS).default("camt.053"),
  version: z.literal(VERSIONS).default(8),
  dialect: dialectSchema.prefault({}),
  fault: faultSchema.optional(),
  /** Index of the only account; default all. */
  account: z.int().nonnegative().optional(),
  /** camt.052: elapsed fraction of the day. */
  portion: z.number().min(0).max(1).default(0.6),
  /** camt.052: only what was booked or announced before this time of the day, instead of a fraction of it. */
  until: z.iso.time({ precision: 0 }).optional(),
  /** Creation time of messages and statements, RFC 3339. Default: follows from the kind and the day. */
  createdAt: z.iso.datetime({ offset: true }).optional(),
  /** camt.054: only the entries with these keys, in either direction. */
  keys: z.array(z.string()).min(1).optional(),
  /** Name of the first file, which may already exist: the same name, other content. Default: one never used before. */
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
