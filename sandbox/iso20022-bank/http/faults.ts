import { z } from "zod";

/** Faults that can be activated between the bank and its readers. README.md describes each of them. */
export const HTTP_FAULTS = [
  "latencyMs",
  "unauthorized",
  "rate429",
  "rate500",
  "slowBodies",
  "truncateBodies",
  "dropConnection",
  "clockBehindMs",
  "clockAheadMs",
] as const;
export type HttpFaultName = (typeof HTTP_FAULTS)[number];

const details = z.strictObject({
  probability: z.number().min(0).max(1).default(1),
  /** Number of further requests; undefined for no limit. */
  count: z.int().positive().optional(),
  /** Path prefix to which the fault is restricted. */
  path: z.string().default(""),
  /** `latencyMs`, `clockBehindMs`, `clockAheadMs`: milliseconds; `slowBodies`: bytes per second. */
  value: z.number().nonnegative().default(0),
  /** `rate429`: the header, sent unchanged. */
  retryAfter: z.string().default("1"),
});
type Details = z.infer<typeof details>;

/** `{"rate500": {"count": 2}}`; `true` is a fault without a limit, and a number is its `value`. */
export const httpFaultsSchema = z.partialRecord(
  z.enum(HTTP_FAULTS),
  z.union([
    z.literal(true).transform(() => details.parse({})),
    z
      .number()
      .nonnegative()
      .transform((value) => details.parse({ value })),
    details,
  ]),
);

export interface HttpFault extends Details {
  readonly name: HttpFaultName;
}

/** The active faults. */
export interface HttpFaults {
  add(faults: z.infer<typeof httpFaultsSchema>): void;
  list(): readonly HttpFault[];
  clear(): void;
  /** Returns the fault of this name if it applies to this request, and counts it. */
  strike(name: HttpFaultName, path: string): HttpFault | undefined;
}

/** Creates an empty set. `next` returns random numbers in [0, 1). */
export function createHttpFaults(next: () => number): HttpFaults {
  let active: HttpFault[] = [];
  return {
    add(faults) {
      for (const name of HTTP_FAULTS) {
        const fault = faults[name];
        if (fault !== undefined) active = [...active, { ...fault, name }];
      }
    },
    list: () => active,
    clear() {
      active = [];
    },
    strike(name, path) {
      const fault = active.find((each) => each.name === name && path.startsWith(each.path));
      if (fault === undefined || next() >= fault.probability) return undefined;
      if (fault.count !== undefined) {
        const left = { ...fault, count: fault.count - 1 };
        active = active.flatMap((each) => (each !== fault ? [each] : left.count > 0 ? [left] : []));
      }
      return fault;
    },
  };
}
