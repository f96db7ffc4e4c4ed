import { expect, test } from "@jest/globals";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { camt, type EntryText } from "../helpers/bank-files.ts";
import { eventually } from "../helpers/eventually.ts";
import { amountOf } from "../helpers/length.ts";
import { type Query, withQuery } from "../helpers/service-database.ts";
import { startService } from "../helpers/service.ts";
import { useReadyDataDir } from "../helpers/ready-data-dir.ts";

const ENTRIES = amountOf({ short: 2_000, long: 12_000 });

test("a file whose process is killed while it is applied is finished by the next one: nothing is lost or stored twice", async () => {
  await using dataDir = await useReadyDataDir();
  const settings = join(dataDir.path, "sluice.yaml");
  const source = { id: "bank", tenant: "acme", connector: "iso20022-bank", config: {}, schedule: "manual" };
  await writeFile(settings, JSON.stringify({ tenants: ["acme"], sources: [source] }));
  const env = { SLUICE_CONFIG: settings, DATA_DIR: dataDir.path, PORT: "0", LOG_LEVEL: "error" };
  // Many are identical, so that one that is stored twice would differ from its twin only by its position.
  const entries = Array.from({ length: ENTRIES }, (_, index): EntryText => ({ amount: `${1 + (index % 40)}.00` }));
  const total = entries.reduce((sum, { amount }) => sum + BigInt(amount.replace(".", "")), 0n);
  const xml = camt("053.08", [{ id: "LARGE", opening: "0.00", closing: `${total / 100n}.00`, entries }]);
  const countStored = async (query: Query) => {
    const rows = await query(
      "select count(*)::int as entries, sum(amount_minor)::text as total from sluice.bank_transactions",
    );
    return rows[0] ?? {};
  };
  const stored = () => withQuery(dataDir.path, countStored);
  const untilStored = (what: string, least: number) =>
    withQuery(dataDir.path, (query) =>
      eventually(what, async () => Number((await countStored(query))["entries"]) >= least),
    );

  let service = await startService({ env });
  try {
    const sent = fetch(`${service.url}/files/bank`, { method: "PUT", body: xml }).catch(() => undefined);
    await untilStored("some of it to be stored", 500);
    await service.kill();
    await sent;
    const cut = Number((await stored())["entries"]);
    expect(cut).toBeLessThan(ENTRIES);
    service = await startService({ env });
    await untilStored("the rest", ENTRIES);
    const again = await fetch(`${service.url}/files/bank`, { method: "PUT", body: xml });
    expect([again.status, await again.json()]).toMatchObject([
      200,
      { outcome: "REPEATED", statements: [{ isBalanced: true }] },
    ]);
    expect(await stored()).toEqual({ entries: ENTRIES, total: String(total) });
  } finally {
    await service.kill();
  }
});
