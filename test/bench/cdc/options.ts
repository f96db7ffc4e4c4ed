import { parseArgs } from "node:util";

export const PHASES = ["protocol", "stored", "ceiling", "latency", "large"] as const;
export type Phase = (typeof PHASES)[number];

export interface CdcOptions {
  readonly phases: readonly Phase[];
  /** Folder for profiles of the process that follows; undefined: none are made. */
  readonly profile: string | undefined;
}

/** Reads `--phases=stored,ceiling --profile=FOLDER`. */
export function readOptions(args: readonly string[]): CdcOptions {
  const { values } = parseArgs({
    args: [...args],
    options: { phases: { type: "string", default: PHASES.join(",") }, profile: { type: "string" } },
  });
  return { phases: PHASES.filter((phase) => values.phases.split(",").includes(phase)), profile: values.profile };
}
