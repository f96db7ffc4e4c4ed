import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { apply } from "../../../src/ingest/apply/apply.ts";
import { encodePayloads } from "../../../src/ingest/apply/encode-payloads.ts";
import type { MalformedMessage, ObjectMessage, RecordMessage } from "../../../src/connector-api/messages.ts";
import { entityId, type EntityType } from "../../../src/domain/ids.ts";
import { findAliases, findSourceIds } from "../../../src/store/queries/find-aliases.ts";
import { at, partyMessage, partyTombstone } from "../../helpers/messages.ts";
import { type TestStore, useStore } from "../../helpers/store.ts";

const TENANT = "acme";
const SOURCE = "main";

let store: TestStore;
beforeAll(async () => {
  store = await useStore();
});
afterAll(async () => {
  await store[Symbol.asyncDispose]();
});

/** Applies a batch of messages as a poll does. */
async function poll(messages: readonly ObjectMessage[], renames: readonly EntityType[] = ["Party"]) {
  const items = messages.map((message) => ({ message, deliveryId: undefined }));
  const payloads = await encodePayloads(items);
  return store.db.transaction(TENANT, (tx) =>
    apply(tx, { sourceId: SOURCE, via: "POLL", items, runId: undefined, renames, requestedAt: undefined, payloads }),
  );
}

function renamed(externalId: string, replaces: string, name: string, when: bigint): RecordMessage {
  return { ...partyMessage(externalId, name, at(when)), replaces };
}

interface Row extends Record<string, unknown> {
  readonly id: string;
  readonly name: string | null;
  readonly alive: boolean;
}

/** Rows of parties whose ids begin with `prefix`, by id. */
function rowsOf(prefix: string): Promise<Row[]> {
  return store.db.read(TENANT, (tx) =>
    tx.query<Row>(
      `select external_id as id, name, deleted_at is null as alive from parties
       where starts_with(external_id, $1) order by external_id`,
      [prefix],
    ),
  );
}

const alive = async (prefix: string) => (await rowsOf(prefix)).filter((row) => row.alive);
const idOf = (externalId: string) => entityId(TENANT, SOURCE, "Party", externalId);
const rootOf = async (externalId: string) =>
  (await store.db.read(TENANT, (tx) => findAliases(tx, [idOf(externalId)])))[0]?.rootId;

/** Changes that a batch reports, by external id. */
function changesOf({ events }: Awaited<ReturnType<typeof poll>>, ...externalIds: readonly string[]) {
  const names = new Map(externalIds.map((externalId) => [idOf(externalId), externalId]));
  return events.flatMap(({ body }) =>
    body.kind === "EntityChanged" ? [`${body.change} ${names.get(body.entityId) ?? body.entityId}`] : [],
  );
}

describe("an object that is listed again under another id", () => {
  test("stays the same object, and is reported as changed", async () => {
    await poll([partyMessage("s1.a", "pending", at(1n))]);
    const applied = await poll([renamed("s1.b", "s1.a", "posted", 2n)]);
    expect(await rowsOf("s1.")).toEqual([{ id: "s1.a", name: "posted", alive: true }]);
    expect(changesOf(applied, "s1.a", "s1.b")).toEqual(["UPDATED s1.a"]);
    expect(await rootOf("s1.b")).toBe(idOf("s1.a"));
    const names = await store.db.read(TENANT, (tx) => findSourceIds(tx, [idOf("s1.a")]));
    expect(names).toMatchObject([
      { externalId: "s1.a", replaced: true, firstSeenAt: null },
      { externalId: "s1.b", replaced: false },
    ]);
    expect(changesOf(await poll([renamed("s1.b", "s1.a", "posted", 3n)]))).toEqual([]);
  });

  test("has the state reported under the id in use, even by an older version", async () => {
    await poll([partyMessage("s2.a", "pending", at(9n))]);
    await poll([renamed("s2.b", "s2.a", "posted", 3n)]);
    await poll([partyMessage("s2.a", "pending again", at(99n))]);
    expect(await rowsOf("s2.")).toEqual([{ id: "s2.a", name: "posted", alive: true }]);
    await poll([partyMessage("s2.b", "corrected", at(4n))]);
    expect(await rowsOf("s2.")).toEqual([{ id: "s2.a", name: "corrected", alive: true }]);
  });

  test("stays when the replaced id is deleted, and is deleted with the id in use", async () => {
    await poll([partyMessage("s3.a", "pending", at(1n))]);
    await poll([partyTombstone("s3.a", at(2n))]);
    const back = await poll([renamed("s3.b", "s3.a", "posted", 2n)]);
    expect([await alive("s3."), changesOf(back, "s3.a")]).toEqual([
      [{ id: "s3.a", name: "posted", alive: true }],
      ["CREATED s3.a"],
    ]);
    await poll([partyTombstone("s3.a", at(5n))]);
    expect(await alive("s3.")).toHaveLength(1);
    expect(changesOf(await poll([partyTombstone("s3.b", at(6n))]), "s3.a")).toEqual(["DELETED s3.a"]);
    expect(await rowsOf("s3.")).toEqual([{ id: "s3.a", name: "posted", alive: false }]);
  });

  test("is resolved in one batch with all records of its ids, in any order", async () => {
    const applied = await poll([
      partyTombstone("s4.a", at(1n)),
      renamed("s4.b", "s4.a", "posted", 1n),
      partyMessage("s4.a", "pending", at(1n)),
    ]);
    expect(await rowsOf("s4.")).toEqual([{ id: "s4.a", name: "posted", alive: true }]);
    expect(applied.outcomes.map(({ result }) => result).toSorted()).toEqual(["CREATED", "stale", "stale"]);
  });

  test("two objects that turn out to be one become the earlier one, and the other is reported as deleted", async () => {
    await poll([partyMessage("s5.a", "pending", at(1n))]);
    await poll([renamed("s5.c", "s5.b", "posted", 3n)]);
    expect(await alive("s5.")).toHaveLength(2);
    const applied = await poll([renamed("s5.b", "s5.a", "between", 2n)]);
    expect(await rowsOf("s5.")).toEqual([
      { id: "s5.a", name: "posted", alive: true },
      { id: "s5.b", name: "posted", alive: false },
    ]);
    expect(changesOf(applied, "s5.a", "s5.b").toSorted()).toEqual(["DELETED s5.b", "UPDATED s5.a"]);
    expect([await rootOf("s5.b"), await rootOf("s5.c")]).toEqual([idOf("s5.a"), idOf("s5.a")]);
  });

  test("is fetched by the id in use when only the upstream can decide", async () => {
    await poll([partyMessage("s6.a", "pending", at(1n)), renamed("s6.b", "s6.a", "posted", 2n)]);
    await poll([partyMessage("s6.b", "posted otherwise", at(2n))]);
    const requested = await store.db.read(TENANT, (tx) => tx.query("select id, external_id from refetches"));
    expect(requested).toEqual([{ id: idOf("s6.b"), external_id: "s6.b" }]);
  });

  test("leaves the quarantine under the id by which it was quarantined", async () => {
    const raw = partyMessage("", "", at(0n)).raw;
    const malformed = { type: "malformed", entity: "Party", path: "name", problem: "must be text", raw } as const;
    const parked: MalformedMessage = { ...malformed, externalId: "s7.b" };
    await poll([partyMessage("s7.a", "pending", at(1n)), parked]);
    await poll([renamed("s7.b", "s7.a", "posted", 2n)]);
    const rows = await store.db.read(TENANT, (tx) => tx.query("select status from quarantined_records"));
    expect(rows).toEqual([{ status: "RESOLVED" }]);
  });

  test("is never created for an entity that its connector does not rename", async () => {
    await poll([partyMessage("s8.a", "one", at(1n)), renamed("s8.b", "s8.a", "other", 2n)], []);
    expect(await alive("s8.")).toHaveLength(2);
  });

  test("C20: keeps its identity when several ids replace its first one, in any order of later reads", async () => {
    await poll([partyMessage("s10.a", "pending", at(1n))]);
    const postings = [renamed("s10.b", "s10.a", "ten", 2n), renamed("s10.c", "s10.a", "twenty", 2n)];
    const expected = [
      { id: "s10.a", name: "ten", alive: true },
      { id: "s10.c", name: "twenty", alive: true },
    ];
    expect(changesOf(await poll(postings), "s10.a", "s10.c").toSorted()).toEqual(["CREATED s10.c", "UPDATED s10.a"]);
    expect(await rowsOf("s10.")).toEqual(expected);
    expect(changesOf(await poll(postings.toReversed()))).toEqual([]);
    expect(await rowsOf("s10.")).toEqual(expected);
  });

  test("C20: keeps its identity when it is later said to replace yet another id", async () => {
    await poll([partyMessage("s11.a", "pending", at(1n)), partyMessage("s11.b", "also pending", at(1n))]);
    await poll([renamed("s11.c", "s11.a", "posted", 2n)]);
    await poll([renamed("s11.c", "s11.b", "corrected", 3n), partyTombstone("s11.b", at(3n))]);
    expect(await rowsOf("s11.")).toEqual([
      { id: "s11.a", name: "corrected", alive: true },
      { id: "s11.b", name: "also pending", alive: false },
    ]);
  });

  test("has the newer state, also when both ids are written at the same time", async () => {
    const pairs = Array.from({ length: 12 }, (_, n) => `s9.${String(n).padStart(2, "0")}`);
    await Promise.all(
      pairs.flatMap((pair) => [
        poll([partyMessage(`${pair}.a`, "pending", at(9n))]),
        poll([renamed(`${pair}.b`, `${pair}.a`, "posted", 1n)]),
      ]),
    );
    const expected = pairs.map((pair) => ({ id: `${pair}.a`, name: "posted", alive: true }));
    expect(await rowsOf("s9.")).toEqual(expected);
  });
});

/**
 * Messages that an upstream may send about a transaction with three ids, with versions that order them as little as
 * possible.
 */
function reports(prefix: string, isDeleted: boolean): readonly ObjectMessage[] {
  const [a, b, c] = [`${prefix}.a`, `${prefix}.b`, `${prefix}.c`];
  return [
    partyMessage(a, "first", at(5n)),
    partyTombstone(a, at(7n)),
    renamed(b, a, "second", 5n),
    partyTombstone(b, at(8n)),
    renamed(c, b, "third", 5n),
    ...(isDeleted ? [partyTombstone(c, at(6n))] : []),
  ];
}

test("with three ids is one object with the state of the last id, in any order and batches (F42)", async () => {
  let history = 0;
  const histories = fc.record({
    isDeleted: fc.boolean(),
    ranks: fc.array(fc.nat({ max: 1_000 }), { minLength: 6, maxLength: 6 }),
    repeats: fc.array(fc.nat({ max: 5 }), { maxLength: 3 }),
    cuts: fc.array(fc.nat({ max: 8 }), { maxLength: 6 }),
  });
  await fc.assert(
    fc.asyncProperty(histories, async ({ isDeleted, ranks, repeats, cuts }) => {
      history += 1;
      const prefix = `p${String(history).padStart(4, "0")}`;
      const all = reports(prefix, isDeleted);
      const shuffled = all
        .map((message, index) => ({ message, rank: ranks[index] ?? 0 }))
        .toSorted((x, y) => x.rank - y.rank);
      const applied = [...shuffled.map(({ message }) => message), ...repeats.flatMap((index) => all[index] ?? [])];
      const bounds = [0, ...cuts.toSorted((x, y) => x - y), applied.length];
      for (const [index, to] of bounds.entries()) await poll(applied.slice(bounds[index - 1] ?? 0, to));
      const remaining = isDeleted ? [] : [{ id: `${prefix}.a`, name: "third", alive: true }];
      expect(await alive(`${prefix}.`)).toEqual(remaining);
      const root = idOf(`${prefix}.a`);
      expect([await rootOf(`${prefix}.b`), await rootOf(`${prefix}.c`)]).toEqual([root, root]);
    }),
    { numRuns: 60 },
  );
});

test("C20: in any order and batches, each id that names the same earlier one is one object, and the first keeps its id", async () => {
  let history = 0;
  const histories = fc.record({
    removed: fc.option(fc.constantFrom("a", "b", "c")),
    ranks: fc.array(fc.nat({ max: 1_000 }), { minLength: 6, maxLength: 6 }),
    repeats: fc.array(fc.nat({ max: 5 }), { maxLength: 4 }),
    cuts: fc.array(fc.nat({ max: 9 }), { maxLength: 6 }),
  });
  await fc.assert(
    fc.asyncProperty(histories, async ({ removed, ranks, repeats, cuts }) => {
      history += 1;
      const prefix = `q${String(history).padStart(4, "0")}`;
      const pending = `${prefix}.p`;
      const postings = ["a", "b", "c"].map((letter) => `${prefix}.${letter}`);
      const all: readonly ObjectMessage[] = [
        partyMessage(pending, "pending", at(5n)),
        partyTombstone(pending, at(7n)),
        ...postings.map((posting) => renamed(posting, pending, `state of ${posting}`, 6n)),
        partyTombstone(removed === null ? pending : `${prefix}.${removed}`, at(8n)),
      ];
      const shuffled = all
        .map((message, index) => ({ message, rank: ranks[index] ?? 0 }))
        .toSorted((x, y) => x.rank - y.rank)
        .map(({ message }) => message);
      const input = [...shuffled, ...repeats.flatMap((index) => all[index] ?? [])];
      const bounds = [0, ...cuts.toSorted((x, y) => x - y), input.length];
      for (const [index, to] of bounds.entries()) await poll(input.slice(bounds[index - 1] ?? 0, to));
      const first = shuffled.flatMap((message) =>
        message.type === "record" && message.replaces !== undefined ? [message.record.externalId] : [],
      )[0];
      const expected = postings
        .filter((posting) => posting !== `${prefix}.${removed}`)
        .map((posting) => ({ id: posting === first ? pending : posting, name: `state of ${posting}`, alive: true }))
        .toSorted((x, y) => (x.id < y.id ? -1 : 1));
      expect(await alive(`${prefix}.`)).toEqual(expected);
      for (const posting of postings) expect(await rootOf(posting)).toBe(posting === first ? idOf(pending) : undefined);
    }),
    { numRuns: 60 },
  );
});
