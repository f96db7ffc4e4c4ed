import { expect, test } from "@jest/globals";
import { useOldDatabase } from "../../helpers/old-database.ts";

const SOURCE = `insert into sluice.sources (tenant_id, id, connector, status, status_since, paused)
  values ($1, $2, 'scripted', $3, now(), $4)`;
const FILE = `insert into sluice.files (tenant_id, id, source_id, content_hash, name, size, media_type, way, status, received_at,
    finished_at, next_attempt_at, result)
  values ($1, $2, 'bank', $2, 'camt.xml', 1, 'application/xml', 'FOLDER', $3, now(), '2026-11-01T00:00:00Z', now(), $4)`;
const REQUEST = "insert into sluice.stream_refresh_requests values ($1, 'main', 'payments', '2026-11-15T00:00:00Z')";

const result = {
  statements: [
    { id: "s1", closes: true },
    { id: "s2", closes: null },
  ],
  created: 2,
};

test("stored statuses, results and renamed columns keep their meaning, for every tenant", async () => {
  await using database = await useOldDatabase("0013-statuses");
  for (const tenantId of ["acme", "umbrella"]) {
    await database.queryAs(tenantId, SOURCE, [tenantId, "paused", "PAUSED", true]);
    await database.queryAs(tenantId, SOURCE, [tenantId, "failing", "NEEDS_CREDENTIALS", false]);
    await database.queryAs(tenantId, FILE, [tenantId, "stored", "STORED", JSON.stringify(result)]);
    await database.queryAs(tenantId, FILE, [tenantId, "replayed", "ACCEPTED", JSON.stringify(result)]);
    await database.queryAs(tenantId, REQUEST, [tenantId]);
  }
  expect(await database.migrate()).toContain("0013-statuses");
  for (const tenantId of ["acme", "umbrella"]) {
    expect(await database.queryAs(tenantId, "select id, status, paused from sluice.sources order by id")).toEqual([
      { id: "failing", status: "NEEDS_CREDENTIALS", paused: false },
      { id: "paused", status: "PAUSED", paused: true },
    ]);
    expect(
      await database.queryAs(
        tenantId,
        "select id, origin, status, finished_at is not null as finished, result from sluice.files order by id",
      ),
    ).toEqual([
      { id: "replayed", origin: "FOLDER", status: "ACCEPTED", finished: false, result: null },
      {
        id: "stored",
        origin: "FOLDER",
        status: "STORED",
        finished: true,
        result: {
          statements: [
            { id: "s1", isBalanced: true },
            { id: "s2", isBalanced: null },
          ],
          created: 2,
        },
      },
    ]);
    expect(
      await database.queryAs(
        tenantId,
        "select requested_at::text like '2026-%' as kept from sluice.stream_refresh_requests",
      ),
    ).toEqual([{ kept: true }]);
  }
});
