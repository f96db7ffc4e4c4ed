import { describe, expect, test } from "@jest/globals";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { openEmbeddedPostgres } from "../../../src/store/embedded/embedded-postgres.ts";
import { readPostmasterFile } from "../../../src/store/embedded/postmaster.ts";
import { migrate } from "../../../src/store/migrate.ts";
import { amountOf } from "../../helpers/length.ts";
import { useReadyDataDir } from "../../helpers/ready-data-dir.ts";
import { startInboxService } from "../../helpers/inbox-service.ts";
import { customer, deliver, eventBody, sign } from "../../helpers/stripe-deliveries.ts";
import { queryWhenUp } from "../../helpers/use-embedded.ts";
import { eventually } from "../../helpers/eventually.ts";

const SECRET = "whsec_of_acme";
const SENDERS = 8;
const LOG_LINES = 40;
const OUTAGES = amountOf({ short: 2, long: 6 });

/** Ends the server as `pg_ctl stop -m immediate` does: nothing is finished, nothing is flushed. */
async function stopImmediately(dataDir: string): Promise<void> {
  const file = await readPostmasterFile(join(dataDir, "pg", "data"));
  if (file === undefined) throw new Error("no server runs");
  process.kill(file.pid, "SIGQUIT");
}

/** What the embedded server has gone through, and the end of its log: why a restart has failed. */
async function historyOf(dataDir: string, changes: readonly string[]): Promise<string> {
  const home = join(dataDir, "pg");
  const log = await readFile(join(home, "server.log"), "utf8");
  const file = await readFile(join(home, "data", "postmaster.pid"), "utf8").catch(String);
  return [...changes, ...log.split("\n").slice(-LOG_LINES), file].join("\n");
}

describe("the database under webhooks", () => {
  test("that is killed and restarted under load: 503 while it is unavailable, nothing lost, back within 5 s (F7)", async () => {
    await using dataDir = await useReadyDataDir();
    const changes: string[] = [];
    const postgres = await openEmbeddedPostgres({ dataDir: dataDir.path, onLog: (line) => void changes.push(line) });
    try {
      await migrate(postgres.connection);
      const config = { baseUrl: "http://127.0.0.1:9", apiKey: "sk_test_1", webhookSecrets: [SECRET] };
      await using service = await startInboxService({
        connection: postgres.connection,
        sources: [{ id: "stripe-acme", tenantId: "acme", config }],
      });
      const taken = new Set<string>();
      const statuses = new Map<number, number>();
      let loading = true;

      /** One provider connection: it sends the next event when the last one was accepted, with retries until then. */
      async function load(sender: number): Promise<void> {
        for (let index = 0; loading; index += 1) {
          const id = `cus_${sender}_${index}`;
          const signed = sign(eventBody({ type: "customer.updated", object: customer(id, "Ada") }), SECRET);
          while (!taken.has(id)) {
            const { status, headers } = await deliver(service.url, "stripe-acme", signed);
            statuses.set(status, (statuses.get(status) ?? 0) + 1);
            if (status === 200) taken.add(id);
            else if (headers.get("retry-after") !== "1") throw new Error(`${status} without Retry-After`);
          }
        }
      }
      const loads = Promise.all(Array.from({ length: SENDERS }, (_, sender) => load(sender)));
      loads.catch(() => undefined); // reported when it is awaited

      for (let outage = 0; outage < OUTAGES; outage += 1) {
        const before = taken.size;
        await eventually("some deliveries are taken", () => taken.size > before + 100);
        const refused = statuses.get(503) ?? 0;
        await stopImmediately(dataDir.path);
        await eventually("deliveries are refused", () => (statuses.get(503) ?? 0) > refused);
        await queryWhenUp(postgres.connection, "select 1").catch(async (reason: unknown) => {
          throw new Error(`not restarted: ${await historyOf(dataDir.path, changes)}`, { cause: reason });
        });
        const atReady = taken.size;
        await eventually("deliveries are taken again", () => taken.size > atReady);
      }
      loading = false;
      await loads;

      expect(new Set(statuses.keys())).toEqual(new Set([200, 503]));
      const query = (text: string) => service.db.read("acme", (tx) => tx.query(text));
      await eventually(
        "everything is applied",
        async () => (await query("select 1 from deliveries where status <> 'APPLIED' limit 1")).length === 0,
      );
      const parties = await query("select external_id from parties");
      const stored = new Set(parties.map((row) => row["external_id"]));
      const lost = [...taken].filter((id) => !stored.has(id));
      expect(lost).toEqual([]);
      const events = await query(
        "select count(*) as changes, count(distinct entity_id) as objects from events where kind = 'EntityChanged'",
      );
      expect(events).toEqual([{ changes: BigInt(parties.length), objects: BigInt(parties.length) }]);
    } finally {
      await postgres.close();
    }
  });
});
