import { expect, test } from "@jest/globals";
import { useOldDatabase } from "../../helpers/old-database.ts";

const NAMES = `insert into sluice.entity_aliases
  (tenant_id, id, source_id, entity_type, external_id, root_id, root_external_id, replaced, first_at)
  select $1, 'id_' || name, $2, 'BankTransaction', name, 'id_' || root, root, replaced, '2026-11-01'::timestamptz + position * interval '1 day'
  from unnest($3::text[], $4::text[], $5::boolean[]) with ordinality as input (name, root, replaced, position)`;
const STATE = `insert into sluice.stream_states (tenant_id, source_id, stream, cursor) values ($1, $2, 'transactions', $3)`;
const RUN = `insert into sluice.sync_run_streams (tenant_id, run_id, stream, source_id, status, next_attempt_at, cursor, finished_at)
  values ($1, $2, 'transactions', $3, $4, now(), $5, case when $4 = 'SUCCEEDED' then now() end)`;

const CURSOR = { phase: "sync", next: "c9", loopStart: "c8", shown: ["x"], missed: [], seenUntilMs: 77 };
const AGAIN = { ...CURSOR, next: "", loopStart: "" };

test("C20: of several ids that replaced the same one, one keeps the object, and the source is read again from its beginning", async () => {
  await using database = await useOldDatabase("0011-one-successor");
  for (const tenantId of ["acme", "umbrella"]) {
    // P was posted as Q1 and Q2, A only as B; the other source has no such pair.
    const shared = [
      ["P", "Q1", "Q2", "A", "B"],
      ["P", "P", "P", "A", "A"],
      [true, false, false, true, false],
    ];
    await database.queryAs(tenantId, NAMES, [tenantId, "shared", ...shared]);
    await database.queryAs(tenantId, NAMES, [tenantId, "plain", ["C", "D"], ["C", "C"], [true, false]]);
    for (const sourceId of ["shared", "plain"]) {
      await database.queryAs(tenantId, STATE, [tenantId, sourceId, CURSOR]);
      await database.queryAs(tenantId, RUN, [tenantId, `${sourceId}-running`, sourceId, "RUNNING", CURSOR]);
      await database.queryAs(tenantId, RUN, [tenantId, `${sourceId}-ended`, sourceId, "SUCCEEDED", CURSOR]);
    }
  }
  expect(await database.migrate()).toContain("0011-one-successor");
  for (const tenantId of ["acme", "umbrella"]) {
    const names = await database.queryAs(tenantId, "select external_id from sluice.entity_aliases order by 1");
    expect(names.map((row) => row["external_id"])).toEqual(["A", "B", "C", "D", "P", "Q1"]);
    expect(await database.queryAs(tenantId, "select source_id, cursor from sluice.stream_states order by 1")).toEqual([
      { source_id: "plain", cursor: CURSOR },
      { source_id: "shared", cursor: AGAIN },
    ]);
    expect(await database.queryAs(tenantId, "select run_id, cursor from sluice.sync_run_streams order by 1")).toEqual([
      { run_id: "plain-ended", cursor: CURSOR },
      { run_id: "plain-running", cursor: CURSOR },
      { run_id: "shared-ended", cursor: CURSOR },
      { run_id: "shared-running", cursor: AGAIN },
    ]);
  }
});
