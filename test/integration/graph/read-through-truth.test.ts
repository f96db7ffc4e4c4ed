import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { pino } from "pino";
import type { FetchManyInput } from "../../../src/connector-api/connector.ts";
import type { ObjectMessage, RecordMessage } from "../../../src/connector-api/messages.ts";
import { ServiceError } from "../../../src/domain/error.ts";
import { entityId } from "../../../src/domain/ids.ts";
import { createLoaders } from "../../../src/graph/loaders/index.ts";
import { createReadThrough, type ReadThrough } from "../../../src/ingest/read-through/read-through.ts";
import type { RequestedObject } from "../../../src/ingest/read-through/operation.ts";
import type { Database } from "../../../src/store/database.ts";
import type { Source } from "../../../src/sources/source.ts";
import { createWakeUps } from "../../../src/runtime/wake-ups.ts";
import { scriptedConnector, scriptedSource } from "../../fakes/scripted-connector.ts";
import { eventually } from "../../helpers/eventually.ts";
import { useGraphServer } from "../../helpers/graph-server.ts";
import {
  accountRecord,
  addSource,
  balanceRecord,
  paymentRecord,
  type Place,
  putRecords,
} from "../../helpers/ledger-world.ts";
import { at, EMPTY_PAYLOAD } from "../../helpers/messages.ts";
import { type TestStore, useStore } from "../../helpers/store.ts";
import { registryOf } from "../../../src/sources/source-registry.ts";

/** Objects that are reported as fresh are fresh: no response, race or wait changes that. */
let store: TestStore;
let place: Place;
beforeAll(async () => {
  store = await useStore();
  place = { database: store.db, tenantId: "acme", sourceId: "main" };
  await addSource(place);
  await putRecords(place, [accountRecord(1), balanceRecord(1)]);
});
afterAll(async () => store[Symbol.asyncDispose]());

type FetchMany = (input: FetchManyInput<unknown>) => Promise<readonly ObjectMessage[]>;

function sourceOf(fetchMany: FetchMany, idsPerCall = 10): Source {
  const limits = { maxBatch: 10, idsPerCall };
  const fetch = { Payment: limits, Account: limits };
  return { ...scriptedSource({ pages: {} }), connector: { ...scriptedConnector({ pages: {} }), fetch, fetchMany } };
}

/** The upstream's state at one time of its clock. */
function payment(n: number, method: string, moment: bigint): RecordMessage {
  const record = paymentRecord(n, { method });
  return { type: "record", record, version: at(moment), raw: { payload: EMPTY_PAYLOAD, path: "" }, unknowns: [] };
}

function openReads(fetchMany: FetchMany, db: Database = store.db): ReadThrough {
  const source = sourceOf(fetchMany);
  const log = pino({ level: "silent" });
  return createReadThrough({ db, sources: registryOf([source]), log, wakeUps: createWakeUps() });
}

const operation = { tenantId: "acme", signal: new AbortController().signal };
const idOf = (n: number) => entityId("acme", "main", "Payment", `pi_${n}`);

/** The payment, as requested by a reader that found an old row. */
function requested(n: number): RequestedObject {
  const key = { id: idOf(n), sourceId: "main", externalId: `pi_${n}`, sourceState: "ACTIVE" } as const;
  return { ...key, entity: "Payment", ageMs: 3_600_000, maxAgeMs: 0 };
}

const methodOf = async (n: number) =>
  (await store.db.read("acme", (tx) => tx.query("select method from payments where id = $1", [idOf(n)])))[0]?.[
    "method"
  ];

describe("a fetched response", () => {
  test("that cannot be ordered against a write during the fetch is requested again", async () => {
    await putRecords(place, [paymentRecord(1)]);
    let calls = 0;
    const reads = openReads(async () => {
      calls += 1;
      if (calls > 1) return [payment(1, "as it is", 1_000_000n)];
      await putRecords(place, [paymentRecord(1, { method: "a webhook of unknown age" })]);
      return [payment(1, "as it was", await momentStored(1))];
    });
    const own = reads.begin(operation);
    const results = await own.refresh({ readAtMs: own.nowMs(), requested: [requested(1)] });
    expect(results).toEqual([{ kind: "fresh", fetched: true }]);
    expect([calls, await methodOf(1)]).toEqual([2, "as it is"]);
    await reads.close();
  });

  test("that stays ambiguous is not reported as fresh", async () => {
    await putRecords(place, [paymentRecord(2)]);
    let calls = 0;
    const reads = openReads(async () => {
      calls += 1;
      await putRecords(place, [paymentRecord(2, { method: `webhook ${calls}` })]);
      return [payment(2, "as it was", await momentStored(2))];
    });
    const own = reads.begin(operation);
    const [freshness] = await own.refresh({ readAtMs: own.nowMs(), requested: [requested(2)] });
    expect(freshness).toEqual({ kind: "refused", reason: "OVERLOADED", retryAfterMs: undefined });
    expect(calls).toBe(2);
    await reads.close();
  });

  test("that the database refuses is quarantined, and the stored copy is not reported as fresh (F56)", async () => {
    await putRecords(place, [paymentRecord(3)]);
    const payload = { bytes: new TextEncoder().encode('{"type":"nul \\u0000"}'), mediaType: "application/json" };
    const answer = { ...payment(3, "nul \u0000", 1_000_000n), raw: { payload, path: "" } };
    const reads = openReads(() => Promise.resolve([answer]));
    const own = reads.begin(operation);
    const [freshness] = await own.refresh({ readAtMs: own.nowMs(), requested: [requested(3)] });
    expect(freshness).toEqual({ kind: "refused", reason: "UPSTREAM_FAULT", retryAfterMs: undefined });
    expect(await methodOf(3)).toBe("card");
    const parked = "select external_id from quarantined_records where status = 'OPEN'";
    expect(await store.db.read("acme", (tx) => tx.query(parked))).toEqual([{ external_id: "pi_3" }]);
    await reads.close();
  });

  test("that waits to be stored is not used for a later request", async () => {
    await putRecords(place, [paymentRecord(4)]);
    const stored = Promise.withResolvers<void>();
    let commits = 0;
    const slow: Database = {
      ...store.db,
      async transaction(tenantId, work) {
        commits += 1;
        await stored.promise;
        return store.db.transaction(tenantId, work);
      },
    };
    let calls = 0;
    const reads = openReads(() => {
      calls += 1;
      return Promise.resolve([payment(4, `call ${calls}`, 1_000_000n + BigInt(calls))]);
    }, slow);
    const first = reads.begin(operation);
    const early = first.refresh({ readAtMs: first.nowMs(), requested: [requested(4)] });
    await eventually("the commit", () => commits === 1);
    const second = reads.begin(operation);
    const late = second.refresh({ readAtMs: second.nowMs(), requested: [requested(4)] });
    await eventually("a call of its own", () => calls === 2);
    stored.resolve();
    expect([...(await early), ...(await late)]).toEqual(Array(2).fill({ kind: "fresh", fetched: true }));
    expect(await methodOf(4)).toBe("call 2");
    await reads.close();
  });
});

test("nested fields of a source that hangs share one deadline (F24)", async () => {
  const hangs: FetchMany = ({ signal }) =>
    new Promise((_resolve, reject) => {
      signal.addEventListener("abort", () => reject(new DOMException("aborted", "AbortError")));
    });
  await using graph = await useGraphServer(
    { sources: [sourceOf(hangs)] },
    { connection: store.connection, close: () => Promise.resolve() },
  );
  const id = entityId("acme", "main", "Account", "acct_1");
  const requestedAtMs = performance.now();
  const { data, errors } = await graph.query(
    `{ account(id: "${id}", maxAge: 0) { freshness { staleReason } balances(maxAge: 0) { freshness { staleReason } } } }`,
  );
  expect(errors).toEqual([]);
  const stale = { freshness: { staleReason: expect.any(String) } };
  expect(data.account).toEqual({ ...stale, balances: [stale] });
  expect(performance.now() - requestedAtMs).toBeLessThan(9_000); // one wait is 6.5 s, two are 12
});

test("an account beyond the call limit of one operation loses its balances, not itself nor its list", async () => {
  const accounts = Array.from({ length: 101 }, (_, n) => accountRecord(n));
  await putRecords(place, accounts);
  const answer: FetchMany = ({ externalIds }) =>
    Promise.resolve(
      externalIds.map((externalId) => {
        const record = { ...accountRecord(0), externalId };
        const raw = { payload: EMPTY_PAYLOAD, path: "" };
        return { type: "record", record, version: at(1_000_000n), raw, unknowns: [] };
      }),
    );
  await using graph = await useGraphServer(
    { sources: [sourceOf(answer, 1)] },
    { connection: store.connection, close: () => Promise.resolve() },
  );
  const { data, errors } = await graph.query(
    `{ a: accounts(first: 100) { nodes { balances(maxAge: 0) { id } } }
       b: accounts(filter: { externalId: "acct_0" }) { nodes { externalId balances(maxAge: 0) { id } } } }`,
  );
  // Which of them comes last depends on which list is read first.
  expect(errors).toMatchObject([
    {
      path: [expect.anything(), "nodes", expect.any(Number), "balances"],
      extensions: { code: "UPSTREAM_CALL_LIMIT", retryable: false },
    },
  ]);
  const all: { balances: unknown }[] = [...data.a.nodes, ...data.b.nodes];
  expect(all).toHaveLength(101);
  expect(all.filter(({ balances }) => balances === null)).toHaveLength(1);
});

test("a balance that is missing from its account's response is not reported as fresh with the others", async () => {
  const pending = { ...balanceRecord(2), externalId: "acct_2:pending:EUR", kind: "PENDING" } as const;
  await putRecords(place, [accountRecord(2), balanceRecord(2), pending]);
  const records = [accountRecord(2), balanceRecord(2)];
  const raw = { payload: EMPTY_PAYLOAD, path: "" };
  await using graph = await useGraphServer(
    {
      sources: [
        sourceOf(() =>
          Promise.resolve(
            records.map((record) => ({ type: "record", record, version: at(1_000_000n), raw, unknowns: [] })),
          ),
        ),
      ],
    },
    { connection: store.connection, close: () => Promise.resolve() },
  );
  const id = entityId("acme", "main", "Account", "acct_2");
  const query = `{ account(id: "${id}") { balances(maxAge: 0) { kind freshness { isStale staleReason } } } }`;
  const { data, errors } = await graph.query(query);
  expect(errors).toEqual([]);
  expect(data.account.balances).toEqual(
    expect.arrayContaining([
      { kind: "AVAILABLE", freshness: { isStale: false, staleReason: null } },
      { kind: "PENDING", freshness: { isStale: true, staleReason: "NOT_FETCHABLE" } },
    ]),
  );
});

test("when the database fails after the fetch, the copy that was read before is returned (F7)", async () => {
  await putRecords(place, [paymentRecord(5)]);
  let isAway = false;
  const leaving: Database = {
    ...store.db,
    read: (tenantId, work) =>
      isAway
        ? Promise.reject(new ServiceError("STORE_UNAVAILABLE", "the store is away"))
        : store.db.read(tenantId, work),
  };
  const reads = openReads(() => {
    isAway = true;
    return Promise.resolve([payment(5, "as it is", 1_000_000n)]);
  });
  const environment = { database: leaving, ...operation, reads: reads.begin(operation) };
  const row = await createLoaders(environment).freshEntity.load({ type: "Payment", id: idOf(5), maxAge: 0 });
  expect(row).toMatchObject({ method: "card", freshness: { kind: "refused", reason: "OVERLOADED" } });
  await reads.close();
});

async function momentStored(n: number): Promise<bigint> {
  const text = "select version_until from payments where id = $1";
  const [row] = await store.db.read("acme", (tx) => tx.query<{ version_until: bigint }>(text, [idOf(n)]));
  return row?.version_until ?? 0n;
}
