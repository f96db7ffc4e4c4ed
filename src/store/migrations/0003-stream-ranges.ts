import { sql } from "kysely";
import type { Migration } from "kysely/migration";

/**
 * The ranges of a stream's history that an unfinished read splits among its readers: src/ingest/polling/ranges.
 * `run_id` is empty for the stream's own, which outlive the run that started them. `next` is the next cursor of the
 * walk, in its range 0.
 */
const STREAM_RANGES = `create table sluice.stream_ranges (
  tenant_id text not null, source_id text not null, stream text not null, run_id text not null,
  range_id integer not null, from_ms bigint, to_ms bigint, cursor jsonb, reached_ms bigint, status text not null,
  next jsonb, primary key (tenant_id, source_id, stream, run_id, range_id))`;

const WALL = `
  alter table sluice.stream_ranges enable row level security;
  alter table sluice.stream_ranges force row level security;
  create policy tenant_wall on sluice.stream_ranges
    using (tenant_id = current_setting('sluice.tenant', true))
    with check (tenant_id = current_setting('sluice.tenant', true));`;

export const streamRanges: Migration = {
  async up(db) {
    for (const statement of [
      STREAM_RANGES,
      WALL,
      "grant select, insert, update, delete on sluice.stream_ranges to sluice_app",
    ]) {
      await sql.raw(statement).execute(db);
    }
  },
};
