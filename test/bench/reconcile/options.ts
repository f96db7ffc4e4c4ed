import { parseArgs } from "node:util";

export const PHASES = ["compare", "evidence", "match"] as const;
export type Phase = (typeof PHASES)[number];

export interface ReconcileOptions {
  /** An evidence pack is written of what was compared. */
  readonly phases: readonly Phase[];
  /** Numbers of records that are compared, of payments that are matched, ascending. */
  readonly sizes: readonly number[];
  /** Folder for profiles of the measured processes; undefined: none are made. */
  readonly profile: string | undefined;
}

/** Reads `--phases=match --sizes=20000,100000 --profile=FOLDER`. */
export function readOptions(args: readonly string[]): ReconcileOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      phases: { type: "string", default: PHASES.join(",") },
      sizes: { type: "string", default: "20000,100000" },
      profile: { type: "string" },
    },
  });
  return {
    phases: PHASES.filter((phase) => values.phases.split(",").includes(phase)),
    sizes: values.sizes.split(",").map(Number),
    profile: values.profile,
  };
}
