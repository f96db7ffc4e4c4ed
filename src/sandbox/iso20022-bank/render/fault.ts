import { z } from "zod";

/** What makes a file worthless, and why a reader must refuse it. */
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

/** What is wrong within a file that can be read. */
export const CONTENT_FAULTS = [
  "closing-off",
  "summary-wrong",
  "details-off",
  "amount-missing",
  "direction-foobar",
  "number-garbled",
] as const;

/** What is wrong with the files that come, each of them being good. */
export const DELIVERY_FAULTS = [
  "day-left-out",
  "days-swapped",
  "day-doubled",
  "re-sent",
  "overlapping",
  "restated",
] as const;

export type FileFault = keyof typeof FILE_FAULTS;
export type ContentFault = (typeof CONTENT_FAULTS)[number];
export type DeliveryFault = (typeof DELIVERY_FAULTS)[number];
export type FaultName = FileFault | ContentFault | DeliveryFault;

// The keys of a plain object, which the type of Object.keys does not know.
const fileFaults = Object.keys(FILE_FAULTS) as FileFault[];

const named = z.strictObject({
  name: z.enum([...fileFaults, ...CONTENT_FAULTS, ...DELIVERY_FAULTS]),
  /** `closing-off`, `details-off`: by so many minor units. */
  minor: z.int().default(1),
  /** `restated`: under this version. */
  version: z.int().min(1).max(13).default(4),
});

/** `"truncated"` or `{name: "closing-off", minor: 5}`. */
export const faultSchema = z.union([named.shape.name.transform((name) => named.parse({ name })), named]);
export type Fault = z.infer<typeof named>;

export const isFileFault = (name: FaultName): name is FileFault => Object.hasOwn(FILE_FAULTS, name);
export const isDeliveryFault = (name: FaultName): name is DeliveryFault =>
  (DELIVERY_FAULTS as readonly string[]).includes(name);
/** The three that make one entry unreadable. */
export const isEntryFault = (name: FaultName): boolean =>
  ["amount-missing", "direction-foobar", "number-garbled"].includes(name);
