import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { pino } from "pino";
import type { Connector } from "../../../src/connector-api/connector.ts";
import type { ObjectMessage } from "../../../src/connector-api/messages.ts";
import { entityId } from "../../../src/domain/ids.ts";
import { createCommitter } from "../../../src/ingest/read-through/committer.ts";
import { createReadThrough } from "../../../src/ingest/read-through/read-through.ts";
import type { Database } from "../../../src/store/database.ts";
import type { Source } from "../../../src/sources/source.ts";
import { createWakeUps } from "../../../src/runtime/wake-ups.ts";
import { scriptedConnector, scriptedSource } from "../../fakes/scripted-connector.ts";
import { eventually } from "../../helpers/eventually.ts";
import { hookDatabase } from "../../helpers/hooked-database.ts";
import { type GraphServer, useGraphServer } from "../../helpers/graph-server.ts";
import { addSource, paymentRecord, type Place, putRecords } from "../../helpers/ledger-world.ts";
import { at, EMPTY_PAYLOAD, partyMessage } from "../../helpers/messages.ts";
import { type TestStore, useStore } from "../../helpers/store.ts";
import { registryOf } from "../../../src/sources/source-registry.ts";

const PAYMENTS = 120;
const ALL = Array.from({ length: PAYMENTS }, (_, n) => n);
let store: TestStore;
let place: Place;
beforeAll(async () => {
  store = await useStore();
  place = { database: store.db, tenantId: "acme", sourceId: "main" };
  await addSource(place);
  await putRecords(
    place,
    ALL.map((n) => paymentRecord(n)),
  );
});
afterAll(async () => store[Symbol.asyncDispose]());

/** An upstream that responds for many ids by one call, when the test allows it. */
class BatchUpstream {
  /** External ids of each call, in order. */
  readonly calls: (readonly string[])[] = [];
  /** Calls that were canceled. */
  canceled = 0;
  hold: Promise<void> = Promise.resolve();

  source(fetch: Connector<unknown, unknown>["fetch"] = { Payment: { maxBatch: 500, idsPerCall: 500 } }): Source {
    const connector: Connector<unknown, { page: number }> = {
      ...scriptedConnector({ pages: {} }),
      fetch,
      fetchMany: async ({ externalIds, signal }) => {
        this.calls.push(externalIds);
        const aborted = new Promise<void>((resolve) => signal.addEventListener("abort", () => resolve()));
        await Promise.race([this.hold, aborted]);
        if (signal.aborted) this.canceled += 1;
        signal.throwIfAborted();
        return externalIds.map((id): ObjectMessage => paymentMessage(id));
      },
    };
    return { ...scriptedSource({ pages: {} }), connector };
  }
}

let moment = 1_000_000n;
function paymentMessage(externalId: string): ObjectMessage {
  moment += 1n;
  const record = paymentRecord(Number(externalId.slice(3)), { method: `seen ${moment}` });
  return { type: "record", record, version: at(moment), raw: { payload: EMPTY_PAYLOAD, path: "" }, unknowns: [] };
}

function open(source: Source): Promise<GraphServer> {
  return useGraphServer({ sources: [source] }, { connection: store.connection, close: () => Promise.resolve() });
}

const idOf = (n: number) => entityId("acme", "main", "Payment", `pi_${n}`);
const NODES = /* GraphQL */ `
  query ($ids: [ID!]!) {
    nodes(ids: $ids, maxAge: 0) {
      ... on Payment {
        method
        freshness {
          staleReason
        }
      }
    }
  }
`;

const AGE = /clock_timestamp\(\) - payments\.observed_at/;

describe("an upstream that accepts many ids in one call", () => {
  test("is called once for all ids that a hundred operations request at the same time", async () => {
    const upstream = new BatchUpstream();
    await using graph = await open(upstream.source());
    const { promise, resolve } = Promise.withResolvers<void>();
    upstream.hold = promise;
    const ids = ALL.slice(0, 50).map(idOf);
    const answers = Array.from({ length: 100 }, () => graph.query(NODES, { variables: { ids } }));
    let begun = 0;
    await eventually("all operations to have begun", () => {
      begun += graph.takeStatements().filter((text) => AGE.test(text)).length;
      return begun === 100;
    });
    resolve(); // an operation that has read its rows, and not yet requested, gets what the others have fetched
    const distinct = new Set((await Promise.all(answers)).map(({ data }) => JSON.stringify(data)));
    expect(distinct.size).toBe(1);
    expect([...distinct][0]).toContain('"staleReason":null');
    expect(upstream.calls.map((ids) => ids.length)).toEqual([50]);
  });

  test("takes the same number of SQL statements for 100 objects as for 5", async () => {
    const upstream = new BatchUpstream();
    await using graph = await open(upstream.source());
    const statements = async (count: number) => {
      graph.takeStatements();
      const { data, errors } = await graph.query(NODES, { variables: { ids: ALL.slice(0, count).map(idOf) } });
      expect(errors).toEqual([]);
      expect(data.nodes).toHaveLength(count);
      return graph.takeStatements();
    };
    const few = await statements(5);
    expect(await statements(100)).toEqual(few);
    expect(few.filter((text) => /from payments\b/.test(text) && text.startsWith("select"))).toHaveLength(2);
  });

  test("is not called when all objects are fresh: one SQL statement", async () => {
    const upstream = new BatchUpstream();
    await using graph = await open(upstream.source());
    await graph.query(NODES, { variables: { ids: ALL.slice(0, 100).map(idOf) } });
    graph.takeStatements();
    const query = "query ($ids: [ID!]!) { nodes(ids: $ids, maxAge: 600) { id } }";
    expect((await graph.query(query, { variables: { ids: ALL.slice(0, 100).map(idOf) } })).errors).toEqual([]);
    expect(graph.takeStatements()).toHaveLength(1);
    expect(upstream.calls).toHaveLength(1);
  });
});

test("an operation that read its rows just before others fetched them needs no call, and a later operation does", async () => {
  const upstream = new BatchUpstream();
  const source = upstream.source();
  const readThrough = createReadThrough({
    db: store.db,
    sources: registryOf([source]),
    log: pino({ level: "silent" }),
    wakeUps: createWakeUps(),
  });
  const operation = { tenantId: "acme", signal: new AbortController().signal };
  const [first, second] = [readThrough.begin(operation), readThrough.begin(operation)];
  const hourOld = {
    id: idOf(1),
    sourceId: "main",
    externalId: "pi_1",
    ageMs: 3_600_000,
    sourceState: "ACTIVE",
  } as const;
  const request = { readAtMs: first.nowMs(), requested: [{ ...hourOld, entity: "Payment", maxAgeMs: 0 }] } as const;
  const fetched = [{ kind: "fresh", fetched: true }];
  expect(await first.refresh(request)).toEqual(fetched);
  expect(await second.refresh(request)).toEqual(fetched);
  expect(upstream.calls).toHaveLength(1);
  expect(await readThrough.begin(operation).refresh(request)).toEqual(fetched);
  expect(upstream.calls).toHaveLength(2);
  await readThrough.close();
});

describe("a caller that aborts", () => {
  test("leaves the fetch to the callers that still wait", async () => {
    const upstream = new BatchUpstream();
    await using graph = await open(upstream.source());
    const { promise, resolve } = Promise.withResolvers<void>();
    upstream.hold = promise;
    const stays = graph.query(NODES, { variables: { ids: [idOf(1)] } });
    await eventually("the call", () => upstream.calls.length === 1);
    const caller = new AbortController();
    const goes = graph.query(NODES, { variables: { ids: [idOf(1)] }, signal: caller.signal });
    await eventually("the second operation", () => graph.takeStatements().some((text) => AGE.test(text)));
    caller.abort();
    await expect(goes).rejects.toMatchObject({ name: "AbortError" });
    resolve();
    expect((await stays).data.nodes).toMatchObject([{ freshness: { staleReason: null } }]);
    expect([upstream.calls.length, upstream.canceled]).toEqual([1, 0]);
  });

  test("as the last one cancels the call, and the next caller starts a new one (F103)", async () => {
    const upstream = new BatchUpstream();
    await using graph = await open(upstream.source());
    upstream.hold = new Promise(() => undefined);
    const caller = new AbortController();
    const goes = graph.query(NODES, { variables: { ids: [idOf(1)] }, signal: caller.signal });
    await eventually("the call", () => upstream.calls.length === 1);
    caller.abort();
    await expect(goes).rejects.toMatchObject({ name: "AbortError" });
    await eventually("the call to be canceled", () => upstream.canceled === 1, 4_000); // earlier than by its deadline
    upstream.hold = Promise.resolve();
    const { data } = await graph.query(NODES, { variables: { ids: [idOf(1)] } });
    expect(data.nodes).toMatchObject([{ freshness: { staleReason: null } }]);
    expect(upstream.calls).toHaveLength(2);
  });
});

test("closing cancels fetches in progress, and waiting callers get the stored copy", async () => {
  const upstream = new BatchUpstream();
  await using graph = await open(upstream.source());
  upstream.hold = new Promise(() => undefined);
  const answer = graph.query(NODES, { variables: { ids: [idOf(1)] } });
  await eventually("the call", () => upstream.calls.length === 1);
  await graph.readThrough.close();
  expect(upstream.canceled).toBe(1);
  expect((await answer).data.nodes).toMatchObject([{ freshness: { staleReason: "OVERLOADED" } }]);
  const later = await graph.query(NODES, { variables: { ids: [idOf(1)] } });
  expect(later.data.nodes).toMatchObject([{ freshness: { staleReason: "OVERLOADED" } }]);
  expect(upstream.calls).toHaveLength(1);
});

test("an object whose type the connector cannot fetch is returned as it is stored", async () => {
  const upstream = new BatchUpstream();
  await using graph = await open(upstream.source({}));
  const { data } = await graph.query(NODES, { variables: { ids: [idOf(1)] } });
  expect(data.nodes).toMatchObject([{ freshness: { staleReason: "NOT_FETCHABLE" } }]);
  expect(upstream.calls).toEqual([]);
});

test("a response that the database refuses stops only itself", async () => {
  const refusing: Database = {
    ...store.db,
    transaction: (tenantId, work) =>
      store.db.transaction(tenantId, (tx) =>
        work({
          ...tx,
          query(text, values) {
            if (JSON.stringify(values ?? []).includes("poison")) throw new Error("the store refuses this");
            return tx.query(text, values);
          },
        }),
      ),
  };
  const source = scriptedSource({ pages: {} });
  const committer = createCommitter({ db: refusing, source, onRefetchNeeded: () => undefined });
  const [clock] = await store.db.query<{ now: string }>("select clock_timestamp()::text as now");
  const requestedAt = clock?.now ?? "";
  const ends = await Promise.allSettled(
    ["cus_good", "cus_poison", "cus_better"].map((externalId) =>
      committer.commit({ messages: [partyMessage(externalId, "Ada", at(5n))], requestedAt }),
    ),
  );
  expect(ends.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
  const rows = await store.db.read("acme", (tx) => tx.query("select external_id from parties order by 1"));
  expect(rows).toEqual([{ external_id: "cus_better" }, { external_id: "cus_good" }]);
});

test("concurrent responses are stored in transactions of bounded size", async () => {
  let commits = 0;
  const counting = hookDatabase(store.db, { afterCommit: () => (commits += 1) });
  const source = scriptedSource({ pages: {} });
  const committer = createCommitter({ db: counting, source, onRefetchNeeded: () => undefined });
  const [clock] = await store.db.query<{ now: string }>("select clock_timestamp()::text as now");
  const requestedAt = clock?.now ?? "";
  const answers = Array.from({ length: 5 }, (_, call) =>
    Array.from({ length: 250 }, (_, n) => partyMessage(`cus_${call}_${n}`, "Ada", at(5n))),
  );
  const kept = await Promise.all(answers.map((messages) => committer.commit({ messages, requestedAt })));
  expect(kept.map((each) => each.size)).toEqual([500, 500, 500, 500, 250]);
  expect(commits).toBe(3);
});
