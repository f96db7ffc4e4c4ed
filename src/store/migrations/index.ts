import type { Migration } from "kysely/migration";
import { initial } from "./0001-initial.ts";
import { sourceFailures } from "./0002-source-failures.ts";
import { openRuns } from "./0003-open-runs.ts";

/** Every migration in order of its name. Forward only: one that has run somewhere is never edited. */
export const MIGRATIONS: Readonly<Record<string, Migration>> = {
  "0001-initial": initial,
  "0002-source-failures": sourceFailures,
  "0003-open-runs": openRuns,
};
