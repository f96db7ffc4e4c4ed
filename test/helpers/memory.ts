import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

/** Bytes in use by values that can be reached, also outside the heap. */
export function memoryAfterCollection(): number {
  setFlagsFromString("--expose-gc");
  const collect = runInNewContext("gc") as () => void; // defined by the flag
  collect();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}
