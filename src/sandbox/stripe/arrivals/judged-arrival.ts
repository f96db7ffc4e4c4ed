import type { Admission } from "../limits/limits.ts";
import type { Arrival } from "./arrival-log.ts";

/** A request at the moment of its arrival, judged. */
export interface JudgedArrival extends Arrival {
  /** Not refused with 429, by a limit or by a fault. */
  readonly accepted: boolean;
  readonly admission: Admission;
}
