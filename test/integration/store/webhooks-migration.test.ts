import { expect, test } from "@jest/globals";
import { useOldDatabase } from "../../helpers/old-database.ts";

test("existing deliveries keep their bodies, and have a size, for every tenant", async () => {
  await using database = await useOldDatabase("0005-webhooks");
  const bodies = { acme: "x".repeat(100_000), umbrella: "ä" };
  for (const [tenantId, body] of Object.entries(bodies)) {
    await database.queryAs(
      tenantId,
      `insert into sluice.deliveries (tenant_id, id, source_id, delivery_key, body, content_hash, received_at, status, next_attempt_at)
       values ($1, 'dlv_1', 'main', 'evt_1', $2, '', now(), 'PENDING', now())`,
      [tenantId, Buffer.from(body)],
    );
  }
  expect(await database.migrate()).toContain("0005-webhooks");
  for (const [tenantId, body] of Object.entries(bodies)) {
    const rows = await database.queryAs(
      tenantId,
      `select size, convert_from(body, 'UTF8') as body from sluice.deliveries
       join sluice.delivery_bodies bodies on bodies.delivery_id = id and bodies.received_at = deliveries.received_at`,
    );
    expect(rows).toEqual([{ size: Buffer.byteLength(body), body }]);
  }
});
