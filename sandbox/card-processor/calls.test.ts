import { describe, expect, test } from "@jest/globals";
import { useSandbox, type TestSandbox } from "./testing.ts";

const GRPC = { INVALID_ARGUMENT: 3, DEADLINE_EXCEEDED: 4, RESOURCE_EXHAUSTED: 8, FAILED_PRECONDITION: 9 } as const;
const MORE = { UNIMPLEMENTED: 12, INTERNAL: 13, UNAVAILABLE: 14, UNAUTHENTICATED: 16 } as const;
const MAX_INT64 = "9223372036854775807";

type Item = Readonly<Record<string, unknown>>;

/** Reads a list to its end, and calls `between` after each page. */
async function readAll(sandbox: TestSandbox, method: string, request: object, between?: () => Promise<unknown>) {
  const items: Item[] = [];
  for (let pageToken = ""; ;) {
    const answer = await sandbox.get(method, { ...request, pageToken });
    items.push(...(Object.values(answer).find(Array.isArray) as Item[])); // the only list of a page
    pageToken = String(answer["nextPageToken"]);
    if (pageToken === "") return items;
    await between?.();
  }
}

describe("the client of the gRPC project", () => {
  test("reads every payment by pages, and those that change meanwhile again at the end (F27)", async () => {
    await using sandbox = await useSandbox({ payments: 60 });
    const items = await readAll(sandbox, "listPayments", { pageSize: 7 }, () =>
      sandbox.control("POST", "activity", { count: 2 }),
    );
    const { sequences } = (await sandbox.control("GET", "truth")) as { sequences: { Payment: Record<string, string> } };
    const newest = new Map(items.map((item) => [item["id"], item["sequence"]]));
    const { updatedAt } = items.at(-1) as { updatedAt: object };
    for (const item of await readAll(sandbox, "listPayments", { updatedSince: updatedAt }))
      newest.set(item["id"], item["sequence"]);
    expect(Object.fromEntries(newest)).toEqual(sequences.Payment);
  });

  test("reads objects by id, leaves out those that do not exist, and finds payments by their authorisations", async () => {
    await using sandbox = await useSandbox({ payments: 20 });
    const [payment] = await readAll(sandbox, "listPayments", {});
    const [authorization] = (payment?.["authorizations"] ?? []) as Item[];
    const found = await sandbox.get("batchGetPayments", { ids: [payment?.["id"], "pay_missing"] });
    expect(found["payments"]).toEqual([payment]);
    const byAttempt = await sandbox.get("batchGetPayments", { authorizationIds: [authorization?.["id"]] });
    expect(byAttempt["payments"]).toEqual([payment]);
  });

  test("gets the largest 64-bit amount exactly", async () => {
    await using sandbox = await useSandbox();
    const json = { amount: MAX_INT64, currency: "EUR", status: "PAYMENT_STATUS_CAPTURED", capturedAmount: MAX_INT64 };
    await sandbox.control("POST", "objects", { kind: "Payment", id: "pay_max", json });
    const [payment] = await readAll(sandbox, "listPayments", {});
    expect(payment).toMatchObject({ id: "pay_max", amount: MAX_INT64, capturedAmount: MAX_INT64 });
  });

  test("gets UNAUTHENTICATED without the key, and INVALID_ARGUMENT for tokens of another list", async () => {
    await using sandbox = await useSandbox({ payments: 10 });
    expect(await sandbox.call("getMerchant", {}, { apiKey: "wrong" })).toMatchObject({ code: MORE.UNAUTHENTICATED });
    const { nextPageToken } = await sandbox.get("listPayments", { pageSize: 2 });
    expect(await sandbox.call("listRefunds", { pageToken: nextPageToken })).toMatchObject({
      code: GRPC.INVALID_ARGUMENT,
    });
    expect(await sandbox.call("listPayments", { pageSize: 251 })).toMatchObject({ code: GRPC.INVALID_ARGUMENT });
    expect(await sandbox.call("listPayments", { pageToken: "e30" })).toMatchObject({ code: GRPC.INVALID_ARGUMENT });
  });

  test("gets RESOURCE_EXHAUSTED with the time until the next call is accepted", async () => {
    await using sandbox = await useSandbox();
    await sandbox.control("POST", "limits", { perSecond: 0.5, burst: 1 });
    expect(await sandbox.call("getMerchant")).toMatchObject({ ok: true });
    const refused = await sandbox.call("getMerchant");
    expect(refused).toMatchObject({
      ok: false,
      code: GRPC.RESOURCE_EXHAUSTED,
      pushback: expect.stringMatching(/^1\d{3}$|^2000$/),
    });
    await sandbox.control("POST", "limits", { perSecond: 0 });
    await sandbox.control("POST", "faults", { rate429: { count: 1, retryAfter: "-1" } });
    expect(await sandbox.call("getMerchant")).toMatchObject({ code: GRPC.RESOURCE_EXHAUSTED, pushback: "-1" });
  });
});

describe("faults on demand (F35) (F36)", () => {
  test.each([
    ["rate500", MORE.UNAVAILABLE],
    ["unauthorized", MORE.UNAUTHENTICATED],
    ["emptyBodies", MORE.UNIMPLEMENTED], // the client's word for a call without a message
    ["truncateBodies", MORE.UNIMPLEMENTED],
    ["htmlBodies", MORE.UNAVAILABLE],
    ["malformedBodies", MORE.INTERNAL],
    ["hugeBodies", GRPC.RESOURCE_EXHAUSTED],
    ["dropAfterEffect", MORE.UNAVAILABLE],
  ])("%s ends a call with its status, and the next one works", async (fault, code) => {
    await using sandbox = await useSandbox({ payments: 5 });
    await sandbox.control("POST", "faults", { [fault]: { count: 1 } });
    expect(await sandbox.call("listPayments")).toMatchObject({ ok: false, code });
    expect(await sandbox.call("listPayments")).toMatchObject({ ok: true });
  });

  test("neverRespond leaves a call to its deadline", async () => {
    await using sandbox = await useSandbox();
    await sandbox.control("POST", "faults", { neverRespond: { count: 1 } });
    expect(await sandbox.call("getMerchant", {}, { deadlineMs: 200 })).toMatchObject({ code: GRPC.DEADLINE_EXCEEDED });
  });

  test("expireCursors refuses a page token that was valid", async () => {
    await using sandbox = await useSandbox({ payments: 10 });
    const { nextPageToken: pageToken } = await sandbox.get("listPayments", { pageSize: 2 });
    await sandbox.control("POST", "faults", { expireCursors: { count: 1 } });
    expect(await sandbox.call("listPayments", { pageSize: 2, pageToken })).toMatchObject({
      code: GRPC.FAILED_PRECONDITION,
    });
  });

  test("loopPages returns a page whose token leads to itself (F28)", async () => {
    await using sandbox = await useSandbox({ payments: 20 });
    const { nextPageToken: pageToken } = await sandbox.get("listPayments", { pageSize: 2 });
    await sandbox.control("POST", "faults", { loopPages: true });
    expect((await sandbox.get("listPayments", { pageSize: 2, pageToken }))["nextPageToken"]).toBe(pageToken);
  });

  test.each(["goAway", "destroy", "halfClose"])(
    "a client connects again after %s of its connections",
    async (fault) => {
      await using sandbox = await useSandbox();
      await sandbox.get("getMerchant");
      expect(await sandbox.control("POST", "connections", { fault })).toEqual({ connections: 1 });
      const again = async () =>
        (await sandbox.call("getMerchant", {}, { deadlineMs: 5_000 })).ok || (await sandbox.call("getMerchant")).ok;
      expect(await again()).toBe(true);
    },
  );

  test("frozen connections say nothing until they are thawed", async () => {
    await using sandbox = await useSandbox();
    await sandbox.get("getMerchant");
    await sandbox.control("POST", "connections", { fault: "freeze" });
    expect(await sandbox.call("getMerchant", {}, { deadlineMs: 300 })).toMatchObject({ code: GRPC.DEADLINE_EXCEEDED });
    await sandbox.control("POST", "connections", { fault: "thaw" });
    expect(await sandbox.call("getMerchant")).toMatchObject({ ok: true });
  });
});
