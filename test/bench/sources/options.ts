import { parseArgs } from "node:util";

export const PHASES = ["idle", "start", "schedule", "webhooks", "fairness", "takeover"] as const;
export type Phase = (typeof PHASES)[number];

export interface SourcesOptions {
  /** Numbers of sources in the tables of idle processes and of starts, ascending. */
  readonly sizes: readonly number[];
  /** Number of sources of every other phase. */
  readonly sources: number;
  readonly schedule: string;
  readonly scheduleMs: number;
  /** Connector of most sources. */
  readonly connector: "plaid" | "stripe";
  readonly phases: readonly Phase[];
  /** Number of schedules for which polls are watched. */
  readonly rounds: number;
  /** Longest wait for the first polls of a start, and for the last ones after a takeover. */
  readonly giveUpMs: number;
  /** Folder for profiles of the service's processes; undefined: none are made. */
  readonly profile: string | undefined;
  /** Folder for the counts of SQL statements of the service's processes; undefined: they are not counted. */
  readonly statements: string | undefined;
}

const ALL_SIZES = [10, 100, 1_000, 10_000];
const UNIT_MS: Readonly<Record<string, number>> = { s: 1_000, m: 60_000, h: 3_600_000 };

/** Reads `--sources=1000 --schedule=30s --sizes=10,100 --phases=start,takeover --connector=stripe`. */
export function readOptions(args: readonly string[]): SourcesOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      sources: { type: "string", default: "10000" },
      schedule: { type: "string", default: "5m" },
      sizes: { type: "string" },
      phases: { type: "string", default: PHASES.join(",") },
      rounds: { type: "string", default: "1" },
      connector: { type: "string", default: "plaid" },
      "give-up": { type: "string", default: "240" },
      profile: { type: "string" },
      statements: { type: "string" },
    },
  });
  const sources = Number(values.sources);
  const sizes = values.sizes?.split(",").map(Number) ?? ALL_SIZES.filter((size) => size <= sources);
  return {
    sizes: sizes.includes(sources) || values.sizes !== undefined ? sizes : [...sizes, sources],
    sources,
    schedule: values.schedule,
    scheduleMs: Number(values.schedule.slice(0, -1)) * (UNIT_MS[values.schedule.slice(-1)] ?? Number.NaN),
    rounds: Number(values.rounds),
    connector: values.connector === "stripe" ? "stripe" : "plaid",
    phases: PHASES.filter((phase) => values.phases.split(",").includes(phase)),
    giveUpMs: Number(values["give-up"]) * 1_000,
    profile: values.profile,
    statements: values.statements,
  };
}
