import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { entityId } from "../../../src/domain/ids.ts";
import type { DomainRecord, PaymentRecord } from "../../../src/domain/entities.ts";
import { eventually } from "../../helpers/eventually.ts";
import { analyze, nodesOf, type Plan } from "../../helpers/plans.ts";
import { type GraphServer, useGraphServer } from "../../helpers/graph-server.ts";
import {
  accountRecord,
  addSource,
  attemptRecord,
  balanceRecord,
  disputeRecord,
  euro,
  ledgerEntryRecord,
  partyRecord,
  paymentRecord,
  payoutRecord,
  type Place,
  putRecords,
  refundRecord,
  tombstoneRecord,
} from "../../helpers/ledger-world.ts";

let graph: GraphServer;
let place: Place;
beforeAll(async () => {
  graph = await useGraphServer();
  place = { database: graph.database, tenantId: "acme", sourceId: "main" };
  await addSource(place);
});
afterAll(async () => graph[Symbol.asyncDispose]());

const sql = <Row extends Record<string, unknown>>(text: string, values: readonly unknown[] = []) =>
  graph.database.transaction("acme", (tx) => tx.query<Row>(text, values));

/** A moment after everything that was written, and before everything that will be: it is a whole millisecond. */
async function nextMoment(): Promise<string> {
  const [row] = await sql<{ at: string }>(
    "select date_trunc('milliseconds', clock_timestamp()) + interval '1 ms' as at",
  );
  const at = row?.at ?? "";
  await eventually("the moment", async () => {
    const [now] = await sql<{ isOver: boolean }>(`select clock_timestamp() > $1::timestamptz as "isOver"`, [at]);
    return now?.isOver === true;
  });
  return new Date(at).toISOString();
}

const MONEY = "{ minor currency exponent }";

/** Everything that the graph shows of synced objects, as they are at present or were at a moment. */
function everything(asOf: string | undefined): string {
  const at = asOf === undefined ? "" : `, asOf: "${asOf}"`;
  const only = asOf === undefined ? "" : `(asOf: "${asOf}")`;
  return `{
    payments(first: 50, orderBy: AMOUNT_DESC, filter: { includeDeleted: true }${at}) {
      totalCount { count }
      nodes {
        id status rawStatus description amount ${MONEY} captured ${MONEY} refunded ${MONEY} method deletedAt debtor { name email }
        attempts { status amount ${MONEY} }
        refunds(first: 5) { totalCount { count } nodes { id status amount ${MONEY} } }
        disputes { nodes { status stage evidenceDueBy } }
      }
    }
    failed: payments(first: 50, filter: { status: [FAILED] }${at}) { nodes { id } }
    paymentTotals${only} { count sums { count amount ${MONEY} captured ${MONEY} } }
    accounts(first: 50${at}) {
      nodes { externalId name balances { kind money ${MONEY} } ledgerEntries(first: 5) { nodes { net ${MONEY} } } }
    }
    payouts(first: 50${at}) { nodes { externalId status arrivalDate failureReason destination { name } } }
    paymentByExternalId(sourceId: "main", externalId: "pi_1"${at}) { status description deletedAt }
  }`;
}

async function answer(asOf?: string, tenantId = "acme") {
  const { data, errors } = await graph.query(everything(asOf), { headers: { "x-sluice-tenant": tenantId } });
  expect(errors).toEqual([]);
  return data;
}

const STATUSES = ["PROCESSING", "SUCCEEDED", "FAILED", "CANCELED"] as const;

function paymentAt(n: number, step: number): PaymentRecord {
  const status = STATUSES[(n + step) % 4] ?? "FAILED";
  return paymentRecord(n, {
    status,
    rawStatus: status.toLowerCase(),
    amount: euro(BigInt(1_000 + 37 * n * step)),
    capturedMinor: step % 2 === 0 ? 0n : BigInt(500 + step),
    description: step % 3 === 0 ? undefined : `step ${step} of ${n}`,
    debtorExternalId: step % 5 === 0 ? undefined : `cus_${n}`,
  });
}

/** What one step of the test's world changes: some objects are created, some change, some stay as they are. */
function changesOf(step: number): readonly DomainRecord[] {
  return [1, 2, 3, 4, 5, 6]
    .filter((n) => n <= step + 1 && (n * step) % 4 !== 3)
    .flatMap((n): readonly DomainRecord[] => [
      { ...partyRecord(n), name: `Payer ${n} of step ${step - (step % 3)}` },
      { ...accountRecord(n), name: step > 4 ? "Renamed" : "First" },
      { ...balanceRecord(n), money: euro(BigInt(step * 100 + n)) },
      paymentAt(n, step),
      attemptRecord(n),
      ...(step > 2 ? [{ ...refundRecord(n), amount: euro(BigInt(10 + step)) }] : []),
      ...(step > 3 ? [{ ...disputeRecord(n), evidenceDueBy: `2026-02-0${(step % 8) + 1}T00:00:00.000Z` }] : []),
      { ...payoutRecord(n), status: step % 2 === 0 ? "PAID" : "FAILED", arrivalDate: `2026-01-1${step % 8}` },
      ledgerEntryRecord(n, "Payout"),
    ]);
}

describe("asOf", () => {
  test("reads every list, object, total and nested object as it was at the moment, whatever happened since", async () => {
    const before = await nextMoment();
    const seen: { readonly moment: string; readonly data: unknown }[] = [];
    for (let step = 1; step <= 8; step += 1) {
      await putRecords(place, changesOf(step));
      if (step === 4) await tombstoneRecord(place, "Payment", "pi_1");
      if (step === 5) await tombstoneRecord(place, "Refund", "re_2_0");
      if (step === 6) await putRecords(place, [paymentAt(1, 6)]);
      seen.push({ data: await answer(), moment: await nextMoment() });
    }
    expect(new Set(seen.map(({ data }) => JSON.stringify(data))).size).toBe(seen.length); // each step changes something
    for (const { moment, data } of seen) expect(await answer(moment)).toEqual(data);
    const empty = await answer(before);
    expect(empty.payments).toEqual({ totalCount: { count: 0 }, nodes: [] });
    expect(empty.paymentByExternalId).toBeNull();
  });

  test("lists the history of an object up to the moment", async () => {
    await putRecords(place, [paymentRecord(31)]);
    const moment = await nextMoment();
    await putRecords(place, [paymentRecord(31, { description: "later" })]);
    const revisions = async (asOf: string) => {
      const field = `paymentByExternalId(sourceId: "main", externalId: "pi_31"${asOf})`;
      const { data } = await graph.query(`{ ${field} { history(first: 5) { nodes { revision } } } }`);
      return data.paymentByExternalId.history.nodes.map(({ revision }: { revision: number }) => revision);
    };
    expect(await revisions(`, asOf: "${moment}"`)).toEqual([1]);
    expect(await revisions("")).toEqual([2, 1]);
  });

  test("reads pages in the order of that moment, forwards and backwards", async () => {
    await putRecords(
      place,
      [10, 11, 12].map((n) => paymentRecord(n, { amount: euro(BigInt(1_000_000 + n)) })),
    );
    const moment = await nextMoment();
    await putRecords(place, [paymentRecord(10, { amount: euro(1n) }), paymentRecord(13, { amount: euro(9_000_000n) })]);
    const page = async (args: string) => {
      const text = `{ payments(orderBy: AMOUNT_DESC, ${args}) { nodes { externalId } pageInfo { endCursor startCursor hasNextPage } } }`;
      const { data, errors } = await graph.query(text);
      expect(errors).toEqual([]);
      return data.payments;
    };
    const first = await page(`first: 2, asOf: "${moment}"`);
    expect(first.nodes).toEqual([{ externalId: "pi_12" }, { externalId: "pi_11" }]);
    const second = await page(`first: 1, after: "${first.pageInfo.endCursor}", asOf: "${moment}"`);
    expect(second.nodes).toEqual([{ externalId: "pi_10" }]);
    const back = await page(`last: 1, before: "${second.pageInfo.startCursor}", asOf: "${moment}"`);
    expect(back.nodes).toEqual([{ externalId: "pi_11" }]);
    expect((await page("first: 1")).nodes).toEqual([{ externalId: "pi_13" }]);
  });

  test("shows no object of another tenant (F94)", async () => {
    const moment = await nextMoment();
    expect((await answer(moment, "umbrella")).payments).toEqual({ totalCount: { count: 0 }, nodes: [] });
  });

  test.each([
    ["in the future", () => new Date(Date.now() + 3_600_000).toISOString(), /asOf must not be in the future, got/],
    ["before anything is known", () => "2020-01-01T00:00:00Z", /asOf must not be earlier than \d{4}-.*got 2020-01-01/],
  ])("%s is refused, naming the argument", async (_what, moment, message) => {
    const { errors } = await graph.query(`{ payments(asOf: "${moment()}") { nodes { id } } }`);
    expect(errors).toMatchObject([{ message: expect.stringMatching(message), extensions: { code: "INVALID_INPUT" } }]);
  });

  test("is the same in all fields of an operation, and not combined with a call to the source", async () => {
    const [one, other] = [await nextMoment(), await nextMoment()];
    const errorsOf = async (query: string) => (await graph.query(query)).errors.map(({ message }) => message);
    const list = (asOf: string) => `payments(asOf: "${asOf}") { nodes { id } }`;
    expect(await errorsOf(`{ a: ${list(one)} b: ${list(other)} }`)).toEqual([
      expect.stringMatching(
        `asOf must be the same in all fields of an operation: payments has ${one}, payments has ${other}`,
      ),
    ]);
    expect(await errorsOf(`{ ${list(one)} refunds { nodes { id } } }`)).toEqual([
      expect.stringContaining(`payments has ${one}, refunds has none`),
    ]);
    expect(await errorsOf(`{ ${list(one)} sources { nodes { id } } }`)).toEqual([]);
    const id = entityId("acme", "main", "Payment", "pi_1");
    expect(await errorsOf(`{ payment(id: "${id}", maxAge: 5, asOf: "${one}") { id } }`)).toEqual([
      expect.stringContaining("maxAge cannot be combined with asOf"),
    ]);
    expect(await errorsOf(`{ payment(id: "${id}", asOf: "${one}") { fresh(maxAge: 5) { id } } }`)).toEqual([
      expect.stringContaining("maxAge cannot be combined with asOf"),
    ]);
  });
});

describe("the views of past states", () => {
  test("are read by the index of a list's order, and by the key of an object", async () => {
    await putRecords(
      place,
      Array.from({ length: 3_000 }, (_, n) => paymentRecord(1_000 + n)),
    );
    await analyze({ db: graph.database, connection: graph.connection } as never, "payments");
    const planOf = async (text: string): Promise<readonly string[]> => {
      const [row] = await graph.database.transaction("acme", async (tx) => {
        await tx.query(
          "select set_config('sluice.as_of', now()::text, true), set_config('search_path', 'sluice_past,sluice', true)",
        );
        return tx.query<{ "QUERY PLAN": readonly [{ readonly Plan: Plan }] }>(`explain (format json) ${text}`);
      });
      return nodesOf(row?.["QUERY PLAN"][0].Plan as Plan).map(
        (node) => `${node["Node Type"]} ${node["Index Name"] ?? node["Relation Name"] ?? ""}`,
      );
    };
    const order = "order by ordered_at desc nulls last, id desc nulls last limit 21";
    const list = await planOf(`select id from payments where content_hash is not null ${order}`);
    expect(list).toContain("Index Scan payments_listed");
    const object = await planOf("select * from payments where id = 'pay_1'");
    expect(object).toContain("Index Scan payments_pkey");
    expect(list.slice(0, 2)).toEqual(["Limit ", "Nested Loop "]); // the page itself is not sorted
    for (const node of [...list, ...object]) expect(node).not.toMatch(/^Seq Scan/);
  });

  test("have the columns of their tables, in the same order and of the same types", async () => {
    const columns = (schema: string) =>
      sql<{ table: string }>(
        `select c.relname as table, a.attname as name, format_type(a.atttypid, a.atttypmod) as type
         from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_class past on past.relname = c.relname
           and past.relnamespace = 'sluice_past'::regnamespace
         where c.relnamespace = $1::regnamespace and a.attnum > 0 and not a.attisdropped
         order by c.relname, row_number() over (partition by c.oid order by a.attnum)`,
        [schema],
      );
    const past = await columns("sluice_past");
    expect(past.length).toBeGreaterThan(200);
    expect(past).toEqual(await columns("sluice"));
  });

  test("are of all tables whose changes are recorded", async () => {
    const tables = await sql(
      `select distinct tgrelid::regclass::text as name from pg_trigger where tgname like '%\\_changes\\_recorded' order by 1`,
    );
    const views = await sql(
      "select relname::text as name from pg_class where relnamespace = 'sluice_past'::regnamespace order by 1",
    );
    expect(views).toHaveLength(11);
    expect(views).toEqual(tables);
  });
});
