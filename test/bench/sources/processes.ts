import { readFile } from "node:fs/promises";

/** Memory of one process, in megabytes. */
export interface Memory {
  readonly rssMb: number;
  /** Pages that several processes share count by their share. */
  readonly pssMb: number;
}

export async function memoryOf(pid: number): Promise<Memory> {
  const text = await readFile(`/proc/${pid}/smaps_rollup`, "utf8");
  const kilobytes = (name: string) => Number(new RegExp(`^${name}:\\s+(\\d+) kB`, "m").exec(text)?.[1] ?? Number.NaN);
  return { rssMb: Math.round(kilobytes("Rss") / 1_024), pssMb: Math.round(kilobytes("Pss") / 1_024) };
}

/** Ticks of `/proc` per second: fixed in every Linux that Node runs on. */
const TICKS_PER_SECOND = 100;

/** Returns the processor time of a process so far, in seconds. */
export async function cpuSecondsOf(pid: number): Promise<number> {
  const text = await readFile(`/proc/${pid}/stat`, "utf8");
  const fields = text.slice(text.lastIndexOf(")") + 2).split(" "); // the name may contain anything
  return (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND; // utime and stime
}

/** Returns the value below which that share of the values is. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return Number((sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN).toFixed(1));
}
