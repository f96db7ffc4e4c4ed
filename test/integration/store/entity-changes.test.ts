import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import pg from "pg";
import { entityId, ENTITY_TYPES, type EntityType } from "../../../src/domain/ids.ts";
import { historyFields } from "../../../src/graph/queries/changed-fields.ts";
import { createdColumns, createdValues } from "../../../src/store/entities/created-values.ts";
import { ENTITY_TABLES } from "../../../src/store/entities/tables.ts";
import type { Observation } from "../../../src/store/entities/observation.ts";
import { writeObservations } from "../../../src/store/entities/write-observations.ts";
import { setChangeCause } from "../../../src/store/entities/change-cause.ts";
import { at, party } from "../../helpers/messages.ts";
import { useOldDatabase } from "../../helpers/old-database.ts";
import { type TestStore, useStore } from "../../helpers/store.ts";

const TENANT = "acme";

let store: TestStore;
beforeAll(async () => {
  store = await useStore();
});
afterAll(async () => store[Symbol.asyncDispose]());

/** Copies of other columns, by which objects are searched: no field of the graph has them. */
const UNSEEN = ["search_text", "reference_values", "origin_type"];
const SHARED = ["created_at", "extensions", "deleted_at"];

const query = <Row extends Record<string, unknown>>(text: string, values: readonly unknown[] = []): Promise<Row[]> =>
  store.db.transaction(TENANT, (tx) => tx.query<Row>(text, values));

async function insert(type: EntityType, id: string): Promise<void> {
  await query(
    `insert into ${ENTITY_TABLES[type].table} (tenant_id, id, source_id, external_id, ordered_at, version_from,
       version_until, finality, observed_at, written_at, via, changed_via, content_hash, raw_path)
     values ($1, $2, 'main', $2, now(), 0, 0, 0, now(), now(), 'POLL', 'POLL', 'first', '')`,
    [TENANT, id],
  );
}

/** One party in a state; without a name: its deletion. */
function observed(name: string | undefined, version: bigint): Observation {
  return {
    sourceId: "main",
    entity: "Party",
    externalId: "observed",
    id: entityId(TENANT, "main", "Party", "observed"),
    record: name === undefined ? undefined : party("observed", name),
    version: at(version),
    sourceUpdatedAt: undefined,
    via: "POLL",
    raw: { rawHash: undefined, deliveryId: undefined, path: "" },
  };
}

/** A value of each type that is not null. */
const VALUES: Readonly<Record<string, string>> = {
  text: "'new'",
  bigint: "9007199254740993",
  numeric: "9007199254740993",
  smallint: "3",
  integer: "7",
  boolean: "true",
  jsonb: `'{"a": "b"}'`,
  timestamptz: "'2026-01-02T03:04:05Z'",
  date: "'2026-01-02'",
};

const columnsOf = (type: EntityType) => {
  const own = ENTITY_TABLES[type].columns.map(({ name, type: kind }) => [name as string, kind as string] as const);
  const derived: Readonly<Record<string, string>> = { payout_id: "text", lines_known_at: "timestamptz" };
  return [
    ...own,
    ...ENTITY_TABLES[type].derived.map((name) => [name as string, derived[name] ?? ""] as const),
    ...SHARED.map((name) => [name, name === "extensions" ? "jsonb" : "timestamptz"] as const),
  ].filter(([name]) => !UNSEEN.includes(name) || name === "origin_type");
};

describe.each(ENTITY_TYPES)("changes of a %s", (type) => {
  test("are recorded for every column, with the values before and after, and each state has the next number", async () => {
    const id = `every-${type}`;
    await insert(type, id);
    const { table } = ENTITY_TABLES[type];
    const columns = columnsOf(type);
    for (const [name, kind] of columns) {
      await query(
        `update ${table} set ${name} = ${VALUES[kind]}, content_hash = $2, written_at = now() where id = $1`,
        [id, `hash of ${name}`],
      );
    }
    const changes = await query<{ revision: number; fields: Record<string, readonly [unknown, unknown]> }>(
      "select revision, fields from entity_changes where entity_id = $1 order by revision",
      [id],
    );
    expect(changes.map(({ revision }) => revision)).toEqual(columns.map((_, index) => index + 2));
    for (const [index, [name, kind]] of columns.entries()) {
      const [before, after] = changes[index]?.fields[name] ?? [];
      expect([name, before]).toEqual([name, null]);
      expect([name, after]).not.toEqual([name, null]);
      // JSON readers parse numbers as floats.
      const isAmount = kind === "bigint" || kind === "numeric";
      expect([name, isAmount ? after : null]).toEqual([name, isAmount ? "9007199254740993" : null]);
    }
    const [row] = await query<{ revision: number }>(`select revision from ${table} where id = $1`, [id]);
    expect(row?.revision).toBe(columns.length + 1);
  });

  test("keep the first values of an object in its first change, each by its column", async () => {
    const id = `first-${type}`;
    await insert(type, id);
    const { table } = ENTITY_TABLES[type];
    const columns = columnsOf(type);
    // Not recorded themselves: they are written before anything changes.
    const given = columns.map(
      ([name, kind], index) => [name, kind === "text" ? `'text ${index}'` : VALUES[kind]] as const,
    );
    const assignments = given.map(([name, value]) => `${name} = ${value}`).join(", ");
    await query(`update ${table} set ${assignments}, revision = 0 where id = $1`, [id]);
    await query("delete from entity_changes where entity_id = $1", [id]);
    await query(`update ${table} set revision = 1 where id = $1`, [id]);
    await query(`update ${table} set content_hash = 'second', extensions = '{"c": 1}' where id = $1`, [id]);
    const [first] = await query<{ values: readonly unknown[]; row: Record<string, unknown>; fields: unknown }>(
      `select created->'values' as values, fields, to_jsonb(object) as row
       from entity_changes join ${table} as object on object.id = entity_id where entity_id = $1 and entity_changes.revision = 2`,
      [id],
    );
    expect(first?.fields).toEqual({ extensions: [{ a: "b" }, { c: 1 }] });
    const expected = createdColumns(table).map((name) => {
      const value = name === "extensions" ? { a: "b" } : first?.row[name];
      return [name, name.endsWith("minor") ? "9007199254740993" : value];
    });
    expect(Object.entries(createdValues(table, first?.values ?? []))).toEqual(expected);
    expect(first?.values).toHaveLength(expected.length);
    const recorded = columns.map(([name]) => name).filter((name) => !UNSEEN.includes(name) || name === "origin_type");
    expect(createdColumns(table).toSorted()).toEqual(recorded.toSorted());
  });

  test("name a field of the graph for every recorded column", () => {
    const inFields = new Set(historyFields(type).flatMap(({ columns }) => columns));
    const missing = columnsOf(type).filter(([name]) => !inFields.has(name) && !UNSEEN.includes(name));
    // Parts of an account without fields of their own.
    const parts = type === "Balance" ? ["account_id", ...SHARED] : type === "BankTransaction" ? ["created_at"] : [];
    expect(missing.map(([name]) => name)).toEqual(parts);
  });
});

describe("an update of an object", () => {
  test("that changes only how it was observed records nothing, and keeps its number", async () => {
    await insert("Payment", "observed");
    await query(
      `update payments set observed_at = now(), written_at = clock_timestamp(), via = 'WEBHOOK', version_from = 1,
         version_until = 1 where id = 'observed'`,
    );
    await query("update payments set content_hash = 'first:suffix' where id = 'observed'");
    expect(await query("select revision, changed_via from payments where id = 'observed'")).toEqual([
      { revision: 1, changed_via: "POLL" },
    ]);
    expect(await query("select 1 as found from entity_changes where entity_id = 'observed'")).toEqual([]);
  });

  test("is attributed to the run of its transaction, and to no later transaction of the same connection", async () => {
    await insert("Payment", "caused");
    await store.db.transaction(TENANT, async (tx) => {
      await setChangeCause(tx, "run_1");
      await tx.query("update payments set status = 'FAILED', content_hash = 'b' where id = 'caused'");
      await tx.query(
        `insert into payments (tenant_id, id, source_id, external_id, ordered_at, version_from, version_until, finality,
           observed_at, written_at, via, content_hash, raw_path)
         values ($1, 'created', 'main', 'created', now(), 0, 0, 0, now(), now(), 'POLL', 'a', '')`,
        [TENANT],
      );
    });
    await query("update payments set status = 'SUCCEEDED', content_hash = 'c' where id = 'caused'");
    await query("update payments set status = 'SUCCEEDED', content_hash = 'c' where id = 'created'");
    expect(
      await query(
        `select entity_id, caused_by, created->>'causedBy' as created_by from entity_changes
         where entity_id in ('caused', 'created') order by entity_id, revision`,
      ),
    ).toEqual([
      { entity_id: "caused", caused_by: "run_1", created_by: null },
      { entity_id: "caused", caused_by: null, created_by: null },
      { entity_id: "created", caused_by: null, created_by: "run_1" },
    ]);
  });

  test("by the statement that writes observations is numbered by that statement, without a call for each row", async () => {
    await using own = await useStore();
    const owner = new pg.Client(own.connection);
    await owner.connect();
    await owner.query("alter table sluice.parties disable trigger parties_change_numbered");
    await owner.end();
    const states: unknown[] = [];
    for (const [name, version] of [
      ["Ada", 1n],
      ["Ada", 2n],
      ["Bob", 3n],
      ["Eve", 4n],
    ] as const) {
      await own.db.transaction(TENANT, async (tx) => {
        await setChangeCause(tx, `run_${version}`);
        await writeObservations(tx, "Party", { observations: [observed(name, version)], requestedAt: undefined });
      });
      states.push(
        ...(await own.db.read(TENANT, (tx) => tx.query("select name, revision, caused_by, changed_via from parties"))),
      );
    }
    expect(states).toEqual([
      { name: "Ada", revision: 1, caused_by: "run_1", changed_via: "POLL" },
      { name: "Ada", revision: 1, caused_by: "run_1", changed_via: "POLL" },
      { name: "Bob", revision: 2, caused_by: "run_3", changed_via: "POLL" },
      { name: "Eve", revision: 3, caused_by: "run_4", changed_via: "POLL" },
    ]);
    const recorded = await own.db.read(TENANT, (tx) =>
      tx.query("select revision, change, caused_by, fields from entity_changes order by revision"),
    );
    expect(recorded).toEqual([
      { revision: 2, change: "UPDATED", caused_by: "run_3", fields: { name: ["Ada", "Bob"] } },
      { revision: 3, change: "UPDATED", caused_by: "run_4", fields: { name: ["Bob", "Eve"] } },
    ]);
  });

  test("by observations has the next number once, however often the object is deleted and created again", async () => {
    const names = ["Ada", "Ada", undefined, undefined, "Ada", "Bob", undefined, "Eve"];
    for (const [index, name] of names.entries())
      await store.db.transaction(TENANT, (tx) =>
        writeObservations(tx, "Party", { observations: [observed(name, BigInt(index))], requestedAt: undefined }),
      );
    const id = observed(undefined, 0n).id;
    expect(
      await query("select revision, change from entity_changes where entity_id = $1 order by revision", [id]),
    ).toEqual(
      ["DELETED", "CREATED", "UPDATED", "DELETED", "CREATED"].map((change, index) => ({ revision: index + 2, change })),
    );
  });

  test("that was stored before changes were recorded has no creation", async () => {
    await using database = await useOldDatabase("0025-entity-changes");
    const add = (id: string) =>
      database.queryAs(
        TENANT,
        `insert into sluice.payments (tenant_id, id, source_id, external_id, ordered_at, version_from, version_until,
           finality, observed_at, written_at, via, content_hash, raw_path)
         values ($1, $2, 'main', $2, now(), 0, 0, 0, now(), now(), 'POLL', 'a', '')`,
        [TENANT, id],
      );
    await add("earlier");
    await database.migrate();
    await add("later");
    await database.queryAs(TENANT, "update sluice.payments set status = 'FAILED', content_hash = 'b'", []);
    expect(
      await database.queryAll(
        "select entity_id, revision, created is null as uncreated from sluice.entity_changes order by entity_id",
      ),
    ).toEqual([
      { entity_id: "earlier", revision: 2, uncreated: true },
      { entity_id: "later", revision: 2, uncreated: false },
    ]);
  });

  test("whose row was deleted by hand replaces what is left of its earlier changes", async () => {
    await insert("Payment", "again");
    await query("update payments set status = 'FAILED', content_hash = 'b' where id = 'again'");
    await query("delete from payments where id = 'again'");
    await insert("Payment", "again");
    await query("update payments set status = 'SUCCEEDED', content_hash = 'c' where id = 'again'");
    expect(await query("select revision, fields from entity_changes where entity_id = 'again'")).toEqual([
      { revision: 2, fields: { status: [null, "SUCCEEDED"] } },
    ]);
  });

  test("of thousands of objects by one statement records each of them", async () => {
    await query(
      `insert into refunds (tenant_id, id, source_id, external_id, ordered_at, version_from, version_until, finality,
         observed_at, written_at, via, content_hash, raw_path, status)
       select $1, 'many-' || n, 'main', 'many-' || n, now(), 0, 0, 0, now(), now(), 'POLL', 'a', '', 'PENDING'
       from generate_series(1, 3000) as n`,
      [TENANT],
    );
    await query("update refunds set status = 'SUCCEEDED', content_hash = 'b' where id like 'many-%'");
    expect(
      await query(
        `select count(*)::int as changes, count(distinct entity_id)::int as objects from entity_changes
         where entity_id like 'many-%' and fields->'status' = '["PENDING", "SUCCEEDED"]'`,
      ),
    ).toEqual([{ changes: 3_000, objects: 3_000 }]);
  });
});
