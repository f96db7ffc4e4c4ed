import { z } from "zod";
import { PlaidError } from "../world/errors.ts";

/** Body of `POST /_sandbox/refusals`: calls that Plaid answers with an error of its own. */
export const refusalBody = z.strictObject({
  code: z.string().min(1),
  status: z.int().min(400).max(599).optional(),
  /** Number of further calls; undefined for no limit. */
  count: z.int().positive().optional(),
  /** Restricts it to this path. */
  path: z.string().startsWith("/").optional(),
  /** Restricts it to calls with a cursor within a loop of pages. */
  within: z.boolean().default(false),
});
export type ScriptedRefusal = z.infer<typeof refusalBody>;

export interface Refusals {
  add(refusal: ScriptedRefusal): void;
  list(): readonly ScriptedRefusal[];
  clear(): void;
  /** Returns the error for this call, and counts it. */
  strike(path: string, isWithin: boolean): PlaidError | undefined;
}

/** Creates an empty set. */
export function createRefusals(): Refusals {
  let active: ScriptedRefusal[] = [];
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
