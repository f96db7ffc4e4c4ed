import { z } from "zod";

/** What can be made to go wrong between the bank and who reads from it. README.md says what each does. */
export const HTTP_FAULTS = [
  "latencyMs",
  "unauthorized",
  "rate429",
  "rate500",
  "slowBodies",
  "truncateBodies",
  "dropConnection",
] as const;
export type HttpFaultName = (typeof HTTP_FAULTS)[number];

const details = z.strictObject({
  probability: z.number().min(0).max(1).default(1),
  /** How many more requests; undefined for no end. */
  count: z.int().positive().optional(),
  /** Only paths that begin so. */
  path: z.string().default(""),
  /** `latencyMs`: milliseconds; `slowBodies`: bytes a second. */
  value: z.number().nonnegative().default(0),
  /** `rate429`: the header as it is sent. */
  retryAfter: z.string().default("1"),
});
type Details = z.infer<typeof details>;

/** `{"rate500": {"count": 2}}`; `true` is a fault without end, and a number its `value`. */
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

/** The faults in force. */
export interface HttpFaults {
  add(faults: z.infer<typeof httpFaultsSchema>): void;
  list(): readonly HttpFault[];
  clear(): void;
  /** The fault of this name when it strikes this request; counts it. */
  strike(name: HttpFaultName, path: string): HttpFault | undefined;
}

/** None yet. `next` gives chance, in [0, 1). */
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
