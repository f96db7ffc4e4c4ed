import { z } from "zod";
import { PlaidError } from "./errors.ts";

/** Body of `POST /_sandbox/refusals`: calls that Plaid answers with an error of its own. */
export const refusalBody = z.strictObject({
  code: z.string().min(1),
  status: z.int().min(400).max(599).optional(),
  /** How many more; undefined for no end. */
  count: z.int().positive().optional(),
  /** Only this path. */
  path: z.string().startsWith("/").optional(),
  /** Only calls with a cursor that stands within a loop of pages. */
  within: z.boolean().default(false),
});
export type Refusal = z.infer<typeof refusalBody>;

export interface Refusals {
  add(refusal: Refusal): void;
  list(): readonly Refusal[];
  clear(): void;
  /** What this call is refused with; counts it. */
  strike(path: string, isWithin: boolean): PlaidError | undefined;
}

/** None yet. */
export function createRefusals(): Refusals {
  let active: Refusal[] = [];
  return {
    add: (refusal) => void active.push(refusal),
    list: () => active,
    clear() {
      active = [];
    },
    strike(path, isWithin) {
      const found = active.find((one) => (one.path ?? path) === path && (isWithin || !one.within));
      if (found === undefined) return undefined;
      if (found.count !== undefined) {
        const left = { ...found, count: found.count - 1 };
        active = active.flatMap((one) => (one !== found ? [one] : left.count > 0 ? [left] : []));
      }
      return new PlaidError(found.code, undefined, found.status);
    },
  };
}
