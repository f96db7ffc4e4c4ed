import { sql } from "kysely";
import type { Migration } from "kysely/migration";

/** Header `traceparent` in the form in which src/runtime/traceparent.ts writes it. */
const FORM = "'^00-[0-9a-f]{32}-[0-9a-f]{16}-0[01]$'";

/** What is worked on later, or elsewhere: webhooks, objects that are fetched again, events. */
const TABLES = ["deliveries", "refetches", "events", "staged_events"] as const;

/** The trace that the processing of a row continues. Null: none, and for all rows of earlier versions. */
export const traces: Migration = {
  async up(db) {
    for (const table of TABLES) {
      const constraint = `add constraint ${table}_traceparent_check check (traceparent ~ ${FORM})`;
      // Not validated, which would read the whole table under its lock: no row has a value yet.
      for (const change of ["add column traceparent text", `${constraint} not valid`])
        await sql.raw(`alter table sluice.${table} ${change}`).execute(db);
    }
  },
};
