import type { Admission } from "../limits/limits.ts";
import type { Arrival } from "./arrival-log.ts";

/** A request at its arrival, with the decision about it. */
export interface DecidedArrival extends Arrival {
  /** True if it was not rejected with 429, by a limit or by a fault. */
  readonly accepted: boolean;
  readonly admission: Admission;
}
