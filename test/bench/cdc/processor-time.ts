import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** Ticks of `/proc` per second: fixed in every Linux that Node runs on. */
const TICKS_PER_SECOND = 100;

/**
 * Returns the processor time in milliseconds that a process and its children have used so far, those that have ended
 * included. Linux only; elsewhere 0.
 */
export function processorMsOf(pid: number): number {
  if (process.platform !== "linux") return 0;
  const ownOf = (stat: string): readonly string[] => stat.slice(stat.lastIndexOf(")") + 2).split(" "); // a name may contain anything
  const sum = (fields: readonly string[], count: number): number =>
    fields.slice(11, 11 + count).reduce((total, ticks) => total + Number(ticks), 0);
  const own = ownOf(readFileSync(`/proc/${pid}/stat`, "utf8"));
  let ticks = sum(own, 4); // utime, stime, and those of children that have ended
  for (const name of readdirSync("/proc").filter((entry) => /^\d+$/.test(entry))) {
    const fields = statOf(name);
    if (fields !== undefined && Number(ownOf(fields)[1]) === pid) ticks += sum(ownOf(fields), 2);
  }
  return (ticks * 1_000) / TICKS_PER_SECOND;
}

/** Undefined if the process has ended meanwhile. */
function statOf(name: string): string | undefined {
  try {
    return readFileSync(`/proc/${name}/stat`, "utf8");
  } catch {
    return undefined;
  }
}

/** Returns the process id of an embedded server. Source: PostgreSQL manual, "postmaster.pid". */
export function serverPidOf(dataDir: string): number {
  return Number(readFileSync(join(dataDir, "pg", "data", "postmaster.pid"), "utf8").split("\n", 1)[0]);
}
