import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import { requestRefetches } from "../../../src/ingest/refetch-queue/request-refetches.ts";
import { ServiceError } from "../../../src/domain/error.ts";
import type { EntityType } from "../../../src/domain/ids.ts";
import { migrate } from "../../../src/store/migrate.ts";
import { type BatchSize, createBatchSize } from "../../../src/ingest/refetch/batch-size.ts";
import { refetchDue } from "../../../src/ingest/refetch/refetch-due.ts";
import type { Source } from "../../../src/sources/source.ts";
import { WAIT_LIMIT_MS } from "../../helpers/eventually.ts";
import { type InboxService, startInboxService } from "../../helpers/inbox-service.ts";
import { type TestDatabase, useDatabase } from "../../helpers/postgres.ts";
import { startStripeTruth, type StripeTruth } from "../../helpers/stripe-truth.ts";

let database: TestDatabase;
let truth: StripeTruth;
let service: InboxService;

beforeAll(async () => {
  database = await useDatabase({ template: async (connection) => void (await migrate(connection)) });
});
beforeEach(async () => {
  truth = await startStripeTruth();
  service = await startInboxService({
    connection: database.connection,
    sources: [{ id: "stripe-acme", tenantId: "acme", config: { baseUrl: truth.url, apiKey: "sk_test_1" } }],
    idle: true,
  });
});
afterEach(async () => {
  await service.db.transaction("acme", async (tx) => {
    for (const table of [
      "parties",
      "events",
      "refetches",
      "findings",
      "quarantined_records",
      "stream_states",
      "sources",
    ]) {
      await tx.query(`delete from ${table}`);
    }
  });
  await service[Symbol.asyncDispose]();
  await truth[Symbol.asyncDispose]();
});
afterAll(() => database.close());

function query(text: string): Promise<Record<string, unknown>[]> {
  return service.db.transaction("acme", (tx) => tx.query(text));
}

function request(entity: EntityType, ...externalIds: readonly string[]): Promise<void> {
  return service.db.transaction("acme", (tx) =>
    requestRefetches(
      tx,
      "stripe-acme",
      externalIds.map((externalId) => ({ entity, externalId })),
    ),
  );
}

function source(): Source {
  const [own] = service.sources;
  if (own === undefined) throw new Error("one source was configured");
  return own;
}

function round(changes: { readonly source?: Source; readonly signal?: AbortSignal; readonly size?: BatchSize } = {}) {
  const signal = AbortSignal.timeout(WAIT_LIMIT_MS);
  return refetchDue({
    db: service.db,
    source: source(),
    owner: "this process",
    random: () => 0.5,
    size: createBatchSize(),
    signal,
    ...changes,
  });
}

const names = () =>
  query("select external_id, name, via from parties where content_hash is not null order by external_id");
const rows = () => query("select external_id, attempts, error_code, lease_owner from refetches order by external_id");
const status = async () => (await query("select status, status_code from sources"))[0];

describe("refetching objects", () => {
  test("applies the upstream's state and ends the requests", async () => {
    truth.put("cus_1", "Ada");
    truth.put("cus_2", "Bob");
    truth.remove("cus_2");
    await request("Party", "cus_1", "cus_2", "cus_3");
    expect(await round()).toBe(3);
    expect(await names()).toEqual([{ external_id: "cus_1", name: "Ada", via: "READ_THROUGH" }]);
    expect(await query("select external_id from parties where deleted_at is not null order by 1")).toEqual([
      { external_id: "cus_2" },
      { external_id: "cus_3" },
    ]);
    expect(await rows()).toEqual([]);
    expect(await round()).toBe(0);
  });

  test("fetches an object once more that was requested again during the fetch", async () => {
    truth.put("cus_1", "Ada");
    await request("Party", "cus_1");
    let requestCounts = 0;
    truth.hold(async () => {
      requestCounts += 1;
      await request("Party", "cus_1");
    });
    await query("update refetches set next_attempt_at = now()");
    const [before] = await query("select next_attempt_at::text as due from refetches");
    await round();
    expect(requestCounts).toBe(1);
    expect(await rows()).toEqual([{ external_id: "cus_1", attempts: 1, error_code: null, lease_owner: null }]);
    // Half of a first pause, counted from the round: the time since then depends on the machine.
    const pause = `next_attempt_at >= '${String(before?.["due"])}'::timestamptz + interval '25 ms'`;
    expect(await query(`select 1 from refetches where ${pause}`)).toHaveLength(1);
    truth.hold(() => undefined);
    truth.put("cus_1", "Ada King");
    await query("update refetches set next_attempt_at = now()");
    await round();
    expect([await rows(), await names()]).toEqual([
      [],
      [{ external_id: "cus_1", name: "Ada King", via: "READ_THROUGH" }],
    ]);
  });

  test("skips requests that another process fetches, and takes them over when the lease has expired", async () => {
    truth.put("cus_1", "Ada");
    await request("Party", "cus_1");
    await query("update refetches set lease_until = now() + interval '5 seconds', lease_owner = 'another'");
    expect(await round()).toBe(0);
    await query("update refetches set lease_until = now() - interval '1 second'");
    expect(await round()).toBe(1);
    expect(await rows()).toEqual([]);
  });

  test("does not end a request that another process has taken over meanwhile", async () => {
    truth.put("cus_1", "Ada");
    await request("Party", "cus_1");
    truth.hold(async () => void (await query("update refetches set lease_owner = 'another'")));
    await round();
    expect(await rows()).toEqual([{ external_id: "cus_1", attempts: 0, error_code: null, lease_owner: "another" }]);
  });

  test("stops when the credentials are refused, until the settings have changed (F29)", async () => {
    truth.put("cus_1", "Ada");
    truth.answerFalsely(() => ({ status: 401, body: '{"error":{"type":"invalid_request_error","message":"no"}}' }));
    await request("Party", "cus_1", "cus_2");
    await round();
    expect(await status()).toEqual({ status: "NEEDS_CREDENTIALS", status_code: "UPSTREAM_UNAUTHORIZED" });
    expect(await query("select data ->> 'status' as status from events where kind = 'SourceStatusChanged'")).toEqual([
      { status: "NEEDS_CREDENTIALS" },
    ]);
    const calls = truth.requests.length;
    for (let again = 0; again < 5; again += 1) expect(await round()).toBe(0);
    expect(truth.requests).toHaveLength(calls);
    expect(await rows()).toMatchObject([
      { attempts: 0, lease_owner: null },
      { attempts: 0, lease_owner: null },
    ]);
    truth.answerFalsely(() => undefined);
    await query("update sources set status = 'ACTIVE'");
    expect(await round()).toBe(2);
    expect(await rows()).toEqual([]);
  });

  test("makes no call for a paused source", async () => {
    await request("Party", "cus_1");
    await query("update sources set status = 'PAUSED'");
    expect([await round(), truth.requests]).toEqual([0, []]);
  });

  test("retries later when the upstream fails, and reports it after repeated failures", async () => {
    truth.put("cus_1", "Ada");
    truth.answerFalsely(() => ({ status: 500, body: "{}" }));
    const retry = async () => {
      await query("update refetches set next_attempt_at = now()");
      await round();
      return (await status())?.["status"];
    };
    const changes = () => query("select data ->> 'status' as status from events where kind = 'SourceStatusChanged'");
    await request("Party", "cus_1");
    await round();
    expect(await rows()).toEqual([
      { external_id: "cus_1", attempts: 1, error_code: "UPSTREAM_UNAVAILABLE", lease_owner: null },
    ]);
    expect(await round()).toBe(0); // not before its pause is over
    await query("update sources set failing_since = failing_since - interval '5 seconds'");
    expect([await retry(), await changes()]).toEqual(["ACTIVE", []]); // a second failure may still be random
    expect([await retry(), await changes()]).toEqual(["UNREACHABLE", [{ status: "UNREACHABLE" }]]);
    truth.answerFalsely(() => undefined);
    expect([await retry(), await rows()]).toEqual(["ACTIVE", []]);
    expect(await changes()).toHaveLength(2);
  });

  test("keeps the status of a source whose calls fail now and then, for any duration", async () => {
    truth.put("cus_1", "Ada");
    for (let again = 0; again < 4; again += 1) {
      truth.answerFalsely(() => ({ status: 500, body: "{}" }));
      await request("Party", "cus_1");
      await round();
      await query("update sources set failing_since = failing_since - interval '1 minute'");
      await query("update refetches set next_attempt_at = now()");
      if (again % 2 === 0) await round();
      truth.answerFalsely(() => undefined);
      await query("update refetches set next_attempt_at = now()");
      await round();
    }
    expect(await status()).toEqual({ status: "ACTIVE", status_code: null });
    // A stream that makes progress is a success too, before it has ended.
    await query("update sources set failures = 9, failing_since = now() - interval '1 minute'");
    await query(
      "insert into stream_states (tenant_id, source_id, stream, cursor_at) values ('acme', 'stripe-acme', 'a', now())",
    );
    truth.answerFalsely(() => ({ status: 500, body: "{}" }));
    await request("Party", "cus_1");
    await round();
    expect(await query("select failures, status from sources")).toEqual([{ failures: 1, status: "ACTIVE" }]);
    expect(await query("select 1 from events where kind = 'SourceStatusChanged'")).toEqual([]);
  });

  test("keeps the status of a source when one object always fails", async () => {
    truth.answerFalsely(() => ({ status: 500, body: "{}" }));
    await request("Party", "cus_1");
    for (let again = 0; again < 6; again += 1) {
      await query("update refetches set next_attempt_at = now()");
      await round();
      if (again === 2) await query("update sources set failing_since = failing_since - interval '1 minute'");
    }
    expect(await rows()).toMatchObject([{ attempts: 6, error_code: "UPSTREAM_UNAVAILABLE" }]);
    expect(await status()).toEqual({ status: "ACTIVE", status_code: null });
  });

  test("requests fewer objects at a time when many fail together, so that they finish", async () => {
    const own = source();
    const ids = Array.from({ length: 60 }, (_, index) => `cus_${index}`);
    for (const id of ids) truth.put(id, "Ada");
    const requestCounts: number[] = [];
    const failing: Source = {
      ...own,
      connector: {
        ...own.connector,
        fetchMany: (input) => {
          requestCounts.push(input.externalIds.length);
          if (input.externalIds.length > 10) throw new ServiceError("UPSTREAM_UNAVAILABLE", "too much for it");
          return own.connector.fetchMany(input);
        },
      },
    };
    await request("Party", ...ids);
    const size = createBatchSize();
    for (let again = 0; again < 40 && (await rows()).length > 0; again += 1) {
      await query("update refetches set next_attempt_at = now()");
      await round({ source: failing, size });
    }
    expect(await rows()).toEqual([]);
    expect(requestCounts.slice(0, 4)).toEqual([50, 25, 12, 6]);
  });

  test("gives up objects that the key may not read and does not change the status of the source (F29)", async () => {
    truth.put("cus_1", "Ada");
    truth.answerFalsely((path) =>
      path.startsWith("/v1/payouts/") ? { status: 403, body: '{"error":{"type":"invalid_request_error"}}' } : undefined,
    );
    await request("Party", "cus_1");
    await request("Payout", "po_1");
    expect(await round()).toBe(2);
    expect([await status(), await rows()]).toEqual([{ status: "ACTIVE", status_code: null }, []]);
    expect((await names()).map(({ external_id: id }) => id)).toEqual(["cus_1"]);
    expect(await query("select summary from findings")).toEqual([
      { summary: 'Payout "po_1" may be out of date: the Stripe key lacks the right to read payouts' },
    ]);
  });

  test("opens a finding for one object that the upstream rejects, and closes it once it was fetched", async () => {
    for (const id of ["cus_1", "cus_2", "cus_3"]) truth.put(id, "Ada");
    truth.answerFalsely((path) =>
      path.endsWith("cus_2")
        ? { status: 400, body: '{"error":{"type":"invalid_request_error","message":"no"}}' }
        : undefined,
    );
    await request("Party", "cus_1", "cus_2", "cus_3");
    await round();
    expect((await names()).map(({ external_id: id }) => id)).toEqual(["cus_1", "cus_3"]);
    const findings = () =>
      query("select kind, evidence ->> 'externalId' as id, closed_at is null as open from findings");
    expect(await findings()).toEqual([{ kind: "REFETCH_FAILED", id: "cus_2", open: true }]);
    expect(await query("select 1 from events where kind = 'FindingOpened'")).toHaveLength(1);
    expect(await rows()).toEqual([]);
    await request("Party", "cus_2");
    await round();
    expect(await query("select 1 from events where kind = 'FindingOpened'")).toHaveLength(1);
    truth.answerFalsely(() => undefined);
    await request("Party", "cus_2");
    await round();
    expect(await findings()).toEqual([{ kind: "REFETCH_FAILED", id: "cus_2", open: false }]);
    const closed = () =>
      query("select data ->> 'findingId' = (select id from findings) as of from events where kind = 'FindingClosed'");
    expect(await closed()).toEqual([{ of: true }]);
    await request("Party", "cus_2");
    await round();
    expect(await closed()).toHaveLength(1); // a closed finding is not closed again
  });

  test("quarantines a response that does not have the documented shape", async () => {
    truth.answerFalsely(() => ({ status: 200, body: '{"id":"cus_1","object":"customer","created":"yesterday"}' }));
    await request("Party", "cus_1");
    await round();
    expect(await query("select external_id, path, status from quarantined_records")).toEqual([
      { external_id: "cus_1", path: "created", status: "OPEN" },
    ]);
    expect(await rows()).toEqual([]);
  });

  test("opens a finding for objects that the connector cannot fetch by id", async () => {
    const own = source();
    const { Party: _party, ...fetch } = own.connector.fetch;
    await request("Party", "cus_1");
    await round({ source: { ...own, connector: { ...own.connector, fetch } } });
    expect(await query("select kind, evidence ->> 'externalId' as id from findings")).toEqual([
      { kind: "REFETCH_FAILED", id: "cus_1" },
    ]);
    expect([await rows(), truth.requests]).toEqual([[], []]);
  });

  test("releases the objects at once when it is stopped during a fetch", async () => {
    const stop = new AbortController();
    await request("Party", "cus_1");
    truth.hold(() => {
      stop.abort();
      return new Promise(() => undefined);
    });
    await round({ signal: stop.signal });
    expect(await rows()).toEqual([{ external_id: "cus_1", attempts: 0, error_code: null, lease_owner: null }]);
  });
});
