import { describe, expect, test } from "@jest/globals";
import type { Message } from "../../../test/conformance/session.ts";
import { createRandom } from "../../../sandbox/shared/random.ts";
import { byId, cursorsIn, type TestItem, transactionsIn, useItem } from "./fixtures/item.ts";

const STREAM = "transactions";

async function expectTruth(item: TestItem, messages: readonly Message[]): Promise<void> {
  const { transactions } = await item.truth();
  expect(transactionsIn(messages).toSorted(byId)).toEqual(transactions.toSorted(byId));
}

/** A page is between two checkpoints: one with what it may add, and one that marks it as read. */
const pagesIn = (messages: readonly Message[]): number => Math.floor(cursorsIn(messages).length / 2);

/** Reads this number of pages; the iterator is after the last of them. */
async function readPages(item: TestItem, pages: number, cursor?: unknown) {
  const iterator = item.read(STREAM, cursor);
  const messages: Message[] = [];
  while (pagesIn(messages) < pages) {
    const { done, value } = await iterator.next();
    if (done === true) throw new Error("the read ended");
    messages.push(value);
  }
  const rest = async (): Promise<readonly Message[]> => {
    const more: Message[] = [];
    for (let next = await iterator.next(); next.done !== true; next = await iterator.next()) more.push(next.value);
    return more;
  };
  return { messages, rest };
}

const syncCalls = async (item: TestItem, status: number) =>
  (await item.requests())[`/transactions/sync ${status}`] ?? 0;

describe("a complete Plaid read", () => {
  test("needs no more pages than Plaid returns, and finds every transaction of the sandbox", async () => {
    await using item = await useItem({ payments: 1_200 });
    const messages = await item.readAll(STREAM);
    expect(await syncCalls(item, 200)).toBe(3);
    await expectTruth(item, messages);
    const currencies = new Set(transactionsIn(messages).map(({ currency }) => currency));
    expect([...currencies].toSorted()).toEqual(["BTC", "EUR", "JPY", "KWD", "USD"]);
  });

  test("ends between two update loops, and a later read returns nothing until something changes", async () => {
    await using item = await useItem({ payments: 50 });
    const cursor = cursorsIn(await item.readAll(STREAM)).at(-1);
    expect(cursor).toMatchObject({ phase: "sync", loopStart: cursor?.phase === "sync" && cursor.next });
    expect((await item.readAll(STREAM, cursor)).map(({ type }) => type)).toEqual(["checkpoint"]);
    await item.control("POST", "activity", { count: 5 });
    expect((await item.readAll(STREAM, cursor)).length).toBeGreaterThan(5);
  });
});

describe("Plaid transaction changes", () => {
  test("are read as added, modified and removed, and a pending transaction is posted under another id that names the first one", async () => {
    await using item = await useItem({ payments: 200 });
    const all = [...(await item.readAll(STREAM))];
    for (let round = 0; round < 5; round++) {
      await item.control("POST", "activity", { count: 30 });
      all.push(...(await item.readAll(STREAM, cursorsIn(all).at(-1))));
    }
    await expectTruth(item, all);
    const posted = transactionsIn(all).filter(({ replaces }) => replaces !== null);
    expect(posted.length).toBeGreaterThan(3);
    const removed = new Set(all.flatMap((message) => (message.type === "tombstone" ? [message.externalId] : [])));
    for (const { replaces, pending } of posted) {
      expect(pending).toBe(false);
      expect(removed).toContain(replaces);
    }
  });

  test("C50: of which one repeats a key make only that transaction malformed, at its path (F57)", async () => {
    await using item = await useItem({ payments: 3 });
    const json = `{ "transaction_id": "twice", "account_id": "a", "amount": 7.00, "\\u0061mount": 9.00, "date": "2026-11-01",
      "iso_currency_code": "USD", "pending": false }`;
    await item.control("POST", "transactions", { json });
    const messages = await item.readAll(STREAM);
    expect(transactionsIn(messages)).toHaveLength(3);
    expect(messages.filter(({ type }) => type === "malformed")).toMatchObject([
      { externalId: "twice", path: "amount", problem: "must be a number, got a repeated key" },
    ]);
  });

  test("of the same millisecond are in order, also when our clock is set back between two reads", async () => {
    await using item = await useItem({ payments: 20 });
    const first = await item.readAll(STREAM);
    const cursor = cursorsIn(first).at(-1);
    // As a replica whose clock is an hour ahead would have stored it.
    const ahead = { ...cursor, seenUntilMs: Date.now() + 3_600_000 };
    await item.control("POST", "activity", { count: 20 });
    const second = await item.readAll(STREAM, ahead);
    const starts = second.flatMap((message) => ("version" in message ? [Number(message.version.from)] : []));
    expect(Math.min(...starts)).toBeGreaterThan(ahead.seenUntilMs);
    await expectTruth(item, [...first, ...second]);
  });
});

test("have a version that is not after the checkpoint before their page, so that a resumed read has later versions", async () => {
  await using item = await useItem({ payments: 90 });
  await item.control("POST", "page-size", { size: 20 });
  let seenUntilMs = 0;
  for (const message of await item.readAll(STREAM)) {
    const [cursor] = cursorsIn([message]);
    if (cursor?.phase === "sync") seenUntilMs = cursor.seenUntilMs;
    const until = "version" in message ? Number(message.version.until) : 0;
    expect(until).toBeLessThanOrEqual(seenUntilMs);
  }
});

describe("when transactions change during paging", () => {
  test("the loop is read again from its beginning, and nothing is lost (F27)", async () => {
    await using item = await useItem({ payments: 300 });
    await item.control("POST", "page-size", { size: 100 });
    const { messages, rest } = await readPages(item, 2);
    await item.control("POST", "activity", { count: 40 });
    const all = [...messages, ...(await rest())];
    expect(await syncCalls(item, 400)).toBe(1);
    await expectTruth(item, all);
    expect(
      cursorsIn(all)
        .map((cursor) => cursor.phase === "sync" && cursor.loopStart)
        .slice(0, -1),
    ).toEqual(
      cursorsIn(all)
        .slice(0, -1)
        .map(() => ""),
    );
  });

  test("an interrupted read repeats its own loop only, wherever it was interrupted (F27)", async () => {
    await using item = await useItem({ payments: 200 });
    const first = await item.readAll(STREAM);
    await item.control("POST", "activity", { count: 60 });
    await item.control("POST", "page-size", { size: 20 });
    const { messages } = await readPages(item, 2, cursorsIn(first).at(-1));
    await item.control("POST", "activity", { count: 10 });
    const rest = await item.readAll(STREAM, cursorsIn(messages).at(-1));
    expect(rest.length).toBeLessThan(150);
    await expectTruth(item, [...first, ...messages, ...rest]);
  });

  test("repeatedly, the read stops with what it has, and a later read continues", async () => {
    await using item = await useItem({ payments: 60 });
    await item.control("POST", "page-size", { size: 20 });
    const code = "TRANSACTIONS_SYNC_MUTATION_DURING_PAGINATION";
    await item.control("POST", "refusals", { code, within: true });
    const { messages, rest } = await readPages(item, 1);
    await expect(rest()).rejects.toMatchObject({ code: "UPSTREAM_UNAVAILABLE", retryable: true });
    expect(await syncCalls(item, 400)).toBe(6);
    await item.control("DELETE", "refusals");
    await expectTruth(item, [...messages, ...(await item.readAll(STREAM, cursorsIn(messages).at(-1)))]);
  });
});

test("a read that was stopped at any checkpoint continues with the rest, and only the rest (F27)", async () => {
  await using item = await useItem({ payments: 200 });
  await item.control("POST", "page-size", { size: 30 });
  const whole = await item.readAll(STREAM);
  const stops = whole.flatMap((message, index) => (message.type === "checkpoint" ? [index + 1] : []));
  expect(stops).toHaveLength(14);
  for (const stop of stops) {
    const read = whole.slice(0, stop);
    const rest = await item.readAll(STREAM, cursorsIn(read).at(-1));
    await expectTruth(item, [...read, ...rest]);
    expect(rest.filter(({ type }) => type === "record")).toHaveLength(Math.max(0, 200 - 30 * pagesIn(read)));
  }
});

test.each([11, 12, 13, 14])(
  "after any interruptions and changes, the stored transactions equal the sandbox's, seed %i (F27) (F42)",
  async (seed) => {
    await using item = await useItem({ payments: 60 });
    const random = createRandom(seed);
    const all: Message[] = [];
    for (let step = 0; step < 25; step++) {
      await item.control("POST", "page-size", { size: random.integer(7, 60) });
      if (random.chance(0.7)) await item.control("POST", "activity", { count: random.integer(1, 25) });
      // Stops after any message, like a killed process; what it had read may be stored beyond its last checkpoint.
      const stopAt = random.integer(1, 60);
      const iterator = item.read(STREAM, cursorsIn(all).at(-1));
      for (let count = 0; count < stopAt; count++) {
        const { done, value } = await iterator.next();
        if (done === true) break;
        all.push(value);
        if (random.chance(0.02)) await item.control("POST", "activity", { count: 3 });
      }
      await iterator.return?.();
    }
    await item.control("POST", "page-size", {});
    all.push(...(await item.readAll(STREAM, cursorsIn(all).at(-1))));
    await expectTruth(item, all);
  },
);

describe("a cursor that Plaid no longer knows", () => {
  const unknown = {
    phase: "sync",
    next: "b3RoZXI=",
    loopStart: "b3RoZXI=",
    shown: [],
    missed: [],
    seenUntilMs: 1,
  } as const;

  test("causes a first read", async () => {
    await using item = await useItem({ payments: 50 });
    await expectTruth(item, await item.readAll(STREAM, unknown));
    expect(await syncCalls(item, 400)).toBe(1);
  });

  test("within a loop causes a restart at the loop's beginning, and no earlier", async () => {
    await using item = await useItem({ payments: 100 });
    const first = await item.readAll(STREAM);
    const cursor = cursorsIn(first).at(-1);
    await item.control("POST", "activity", { count: 5 });
    const rest = await item.readAll(STREAM, { ...cursor, next: "b3RoZXI=" });
    await expectTruth(item, [...first, ...rest]);
    expect(rest.length).toBeLessThan(20);
  });

  test("is refused when even the first cursor is refused", async () => {
    await using item = await useItem();
    await item.control("POST", "refusals", { code: "INVALID_FIELD", path: "/transactions/sync" });
    await expect(item.readAll(STREAM, unknown)).rejects.toMatchObject({ code: "UPSTREAM_REJECTED" });
    expect(await syncCalls(item, 400)).toBe(2);
  });
});
