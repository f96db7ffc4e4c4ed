import { describe, expect, test } from "@jest/globals";
import { z } from "zod";
import { type TestSandbox, useSandbox } from "./testing.ts";

const idsOf = (list: readonly { readonly transaction_id: string }[]) => list.map((one) => one.transaction_id);

async function activity(sandbox: TestSandbox, count: number): Promise<void> {
  await sandbox.control("POST", "activity", { count });
}

describe("/transactions/sync", () => {
  test("returns pages of the requested size, and ends with a cursor that returns nothing until something changes", async () => {
    await using sandbox = await useSandbox({ payments: 25 });
    const seen: string[] = [];
    let cursor = "";
    for (const [size, more] of [
      [10, true],
      [10, true],
      [5, false],
    ] as const) {
      const page = await sandbox.sync(cursor, 10);
      expect([page.added.length, page.has_more]).toEqual([size, more]);
      seen.push(...idsOf(page.added));
      cursor = page.next_cursor;
    }
    const { transactions } = await sandbox.truth();
    expect(seen.toSorted()).toEqual(transactions.map(({ id }) => id).toSorted());
    expect(await sandbox.sync(cursor)).toMatchObject({ added: [], modified: [], removed: [], next_cursor: cursor });
    await activity(sandbox, 1);
    const { added, modified, removed } = await sandbox.sync(cursor);
    expect(added.length + modified.length + removed.length).toBeGreaterThan(0);
  });

  test("returns objects added since the cursor as added, existing ones as modified or removed, and none that were added and removed since", async () => {
    await using sandbox = await useSandbox({ payments: 80 });
    const { next_cursor: start, added: old } = await sandbox.sync("");
    for (let round = 0; round < 6; round++) await activity(sandbox, 25);
    const { added, modified, removed } = await sandbox.sync(start);
    const known = new Set(idsOf(old));
    expect(idsOf(added).filter((id) => known.has(id))).toEqual([]);
    expect(idsOf([...modified, ...removed]).filter((id) => !known.has(id))).toEqual([]);
    const truth = await sandbox.truth();
    const ids = new Set([...known, ...idsOf(added)]);
    for (const id of idsOf(removed)) ids.delete(id);
    expect([...ids].toSorted()).toEqual(truth.transactions.map(({ id }) => id).toSorted());
    const unseen = truth.removed.filter((id) => !known.has(id));
    expect(unseen.length).toBeGreaterThan(0);
    expect(idsOf(removed)).not.toEqual(expect.arrayContaining(unseen));
  });

  test("returns an object that a test put there as it was written, each number digit by digit", async () => {
    await using sandbox = await useSandbox();
    const written = '{"transaction_id":"put","amount":9007199254740993.010,"big":12345678901234567890,"exponent":1e2}';
    await sandbox.control("POST", "transactions", { json: written });
    const { clientId, secret, accessToken } = sandbox.config;
    const body = JSON.stringify({ client_id: clientId, secret, access_token: accessToken, cursor: "", count: 10 });
    const answer = await fetch(`${sandbox.running.url}/transactions/sync`, { method: "POST", body });
    expect(await answer.text()).toContain(written);
  });

  test("fails when something changed between two pages, and restarts from the first cursor", async () => {
    await using sandbox = await useSandbox({ payments: 20 });
    const { next_cursor: within } = await sandbox.sync("", 10);
    await activity(sandbox, 1);
    expect(await sandbox.ask("/transactions/sync", { cursor: within })).toMatchObject({
      error_code: "TRANSACTIONS_SYNC_MUTATION_DURING_PAGINATION",
      error_type: "TRANSACTIONS_ERROR",
      request_id: expect.any(String),
    });
    expect((await sandbox.sync("")).has_more).toBe(false);
  });

  test.each([
    [{ cursor: "x" }, "INVALID_FIELD"],
    [{ cursor: Buffer.from('["another",0,0,0]').toString("base64") }, "INVALID_FIELD"],
    [{ count: 0 }, "INVALID_FIELD"],
    [{ count: 501 }, "INVALID_FIELD"],
    [{ secret: "x" }, "INVALID_API_KEYS"],
    [{ access_token: "x" }, "INVALID_ACCESS_TOKEN"],
  ])("refuses %j with %s", async (body, code) => {
    await using sandbox = await useSandbox();
    expect(await sandbox.ask("/transactions/sync", body)).toMatchObject({ error_code: code });
  });

  test("writes amounts in all forms of a JSON number, and posts pending transactions under another id", async () => {
    await using sandbox = await useSandbox({ payments: 400 });
    await activity(sandbox, 60);
    const response = await fetch(`${sandbox.running.url}/transactions/sync`, {
      method: "POST",
      headers: { "plaid-client-id": sandbox.config.clientId, "plaid-secret": sandbox.config.secret },
      body: JSON.stringify({ access_token: sandbox.config.accessToken, count: 500 }),
    });
    const text = await response.text();
    const amounts = [...text.matchAll(/"amount":([^,]+),/g)].map(([, amount]) => amount ?? "");
    const forms = [/^-?\d+e[1-9]$/, /^-?\d+\.\d*0$/, /^-?0\.0\d{5,}/, /^-0\.005/, /^12\.345/];
    expect(forms.filter((form) => !amounts.some((amount) => form.test(amount)))).toEqual([]);
    expect([...text.matchAll(/"current":(\d+),/g)].filter(([, digits]) => Number(digits) > 2 ** 53)).toHaveLength(1);
    expect(text.includes('"pending_transaction_id":"txn')).toBe(true);
  });
});

describe("a pending transaction in the sandbox", () => {
  test("is sometimes posted by the activity as two transactions, which both name it", async () => {
    await using sandbox = await useSandbox({ payments: 400 });
    for (let round = 0; round < 4; round++) await activity(sandbox, 60);
    const { transactions } = await sandbox.truth();
    const shared = transactions.filter(({ isOneOfSeveral }) => isOneOfSeveral);
    expect(shared.length).toBeGreaterThan(1);
  });

  test("is posted by the control API with the given amounts, all at once or one by one", async () => {
    await using sandbox = await useSandbox();
    const { accounts } = z.object({ accounts: z.array(z.object({ id: z.string() })) }).parse(await sandbox.truth());
    const pending = { accountId: accounts[0]?.id, amount: "30" };
    const { id: pendingId } = z.object({ id: z.string() }).parse(await sandbox.control("POST", "pending", pending));
    const { next_cursor: cursor } = await sandbox.sync("");
    await sandbox.control("POST", "postings", { pendingId, amounts: ["10"] });
    await sandbox.control("POST", "postings", { pendingId, amounts: ["20", "0.5"] });
    const { added, removed } = await sandbox.sync(cursor);
    expect(idsOf(removed)).toEqual([pendingId]);
    expect(added).toMatchObject(
      [10, 20, 0.5].map((amount) => ({ amount, pending: false, pending_transaction_id: pendingId })),
    );
  });
});

describe("an Item in the sandbox", () => {
  test("that needs its user returns the login error, and no data until the login works again", async () => {
    await using sandbox = await useSandbox({ payments: 1 });
    expect(await sandbox.ask("/sandbox/item/reset_login")).toMatchObject({ reset_login: true });
    const refused = { error_code: "ITEM_LOGIN_REQUIRED", error_type: "ITEM_ERROR" };
    expect(await sandbox.ask("/item/get")).toMatchObject({ item: { error: refused } });
    expect(await sandbox.ask("/accounts/get")).toMatchObject(refused);
    await sandbox.control("POST", "login", { works: true });
    expect(await sandbox.ask("/item/get")).toMatchObject({ item: { error: null } });
    expect(await sandbox.ask("/accounts/get")).toMatchObject({ accounts: expect.any(Array) });
  });

  test("has the same accounts and transactions for the same seed and size, and different ones for another seed", async () => {
    const worlds = await Promise.all(
      [5, 5, 6].map(async (seed) => {
        await using sandbox = await useSandbox({ seed, payments: 30 });
        return await sandbox.truth();
      }),
    );
    expect(worlds[1]).toEqual(worlds[0]);
    expect(worlds[2]).not.toEqual(worlds[0]);
  });
});
