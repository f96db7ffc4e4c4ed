import { z } from "zod";

/** Faults that make a whole file invalid, with the reason for which a reader must refuse it. */
export const FILE_FAULTS = {
  truncated: "NOT_WELL_FORMED",
  "two-roots": "NOT_WELL_FORMED",
  "doctype-file": "DOCTYPE",
  "doctype-http": "DOCTYPE",
  "doctype-parameter": "DOCTYPE",
  "doctype-laughs": "DOCTYPE",
  "doctype-bare": "DOCTYPE",
  "wrong-encoding": "ENCODING",
  "unknown-version": "UNSUPPORTED_VERSION",
  "deep-nesting": "LIMIT_EXCEEDED",
  "many-attributes": "LIMIT_EXCEEDED",
} as const;

/** Faults within a file that can be read. */
export const CONTENT_FAULTS = [
  "closing-off",
  "summary-wrong",
  "details-off",
  "amount-missing",
  "direction-foobar",
  "number-garbled",
  "account-empty",
] as const;

/** Faults of the delivery of files that are each valid. */
export const DELIVERY_FAULTS = [
  "day-left-out",
  "days-swapped",
  "day-doubled",
  "re-sent",
  "overlapping",
  "restated",
  "reported-twice",
] as const;

export type FileFault = keyof typeof FILE_FAULTS;
export type ContentFault = (typeof CONTENT_FAULTS)[number];
export type DeliveryFault = (typeof DELIVERY_FAULTS)[number];
export type FaultName = FileFault | ContentFault | DeliveryFault;

// The keys of a plain object, which the type of Object.keys does not contain.
const fileFaults = Object.keys(FILE_FAULTS) as FileFault[];

const named = z.strictObject({
  name: z.enum([...fileFaults, ...CONTENT_FAULTS, ...DELIVERY_FAULTS]),
  /** `closing-off`, `details-off`, `reported-twice`: difference in minor units. */
  minor: z.int().default(1),
  /** `restated`: version in which it is written. */
  version: z.int().min(1).max(13).default(4),
});

/** `"truncated"` or `{name: "closing-off", minor: 5}`. */
export const faultSchema = z.union([named.shape.name.transform((name) => named.parse({ name })), named]);
export type Fault = z.infer<typeof named>;

export const isFileFault = (name: FaultName): name is FileFault => Object.hasOwn(FILE_FAULTS, name);
export const isDeliveryFault = (name: FaultName): name is DeliveryFault =>
  (DELIVERY_FAULTS as readonly string[]).includes(name);
/** Recognises the three faults that make one entry unreadable. */
export const isEntryFault = (name: FaultName): boolean =>
  ["amount-missing", "direction-foobar", "number-garbled"].includes(name);
