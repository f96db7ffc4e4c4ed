import { describe, expect, test } from "@jest/globals";
import { useItem } from "./fixtures/item.ts";
import { errorOf } from "./errors.ts";

const BOTH = ["accounts", "transactions"] as const;

describe("an error of Plaid's", () => {
  test.each([
    ["ITEM_LOGIN_REQUIRED", "ITEM_ERROR", "UPSTREAM_UNAUTHORIZED", /log in at the bank again.*update mode/],
    ["INVALID_CREDENTIALS", "ITEM_ERROR", "UPSTREAM_UNAUTHORIZED", /update mode/],
    ["ITEM_LOCKED", "ITEM_ERROR", "UPSTREAM_UNAUTHORIZED", /update mode/],
    ["USER_SETUP_REQUIRED", "ITEM_ERROR", "UPSTREAM_UNAUTHORIZED", /update mode/],
    ["ACCESS_NOT_GRANTED", "ITEM_ERROR", "UPSTREAM_UNAUTHORIZED", /no access/],
    ["USER_PERMISSION_REVOKED", "ITEM_ERROR", "UPSTREAM_UNAUTHORIZED", /no access/],
    ["INVALID_ACCESS_TOKEN", "INVALID_INPUT", "UPSTREAM_UNAUTHORIZED", /access token/],
    ["INVALID_API_KEYS", "INVALID_INPUT", "UPSTREAM_UNAUTHORIZED", /secret/],
    ["PRODUCT_NOT_READY", "ITEM_ERROR", "UPSTREAM_UNAVAILABLE", /not read/],
    ["INSTITUTION_DOWN", "INSTITUTION_ERROR", "UPSTREAM_UNAVAILABLE", /bank does not answer/],
    ["INSTITUTION_NOT_RESPONDING", "INSTITUTION_ERROR", "UPSTREAM_UNAVAILABLE", /bank/],
    ["INTERNAL_SERVER_ERROR", "API_ERROR", "UPSTREAM_UNAVAILABLE", /Plaid failed/],
    ["PLANNED_MAINTENANCE", "API_ERROR", "UPSTREAM_UNAVAILABLE", /maintenance/],
    ["SOMETHING_NEW", "API_ERROR", "UPSTREAM_UNAVAILABLE", /Plaid failed/],
    ["TRANSACTIONS_SYNC_LIMIT", "RATE_LIMIT_EXCEEDED", "UPSTREAM_RATE_LIMITED", /fewer requests/],
    ["NO_SUCH_THING", "INVALID_REQUEST", "UPSTREAM_REJECTED", /rejected/],
    ["constructor", "toString", "UPSTREAM_REJECTED", /rejected/],
  ])("%s of %s is %s", (error_code, error_type, code, words) => {
    const error = errorOf({ error_code, error_type, request_id: "req1" }, "POST /item/get");
    expect(error).toMatchObject({ code, publicMessage: expect.stringMatching(words) });
    expect(error.message).toContain(`POST /item/get: ${error_code}`);
    expect(error.message).toContain("(request req1)");
  });

  test("goes on with no word of it that is no plain one", () => {
    const error = errorOf({ error_code: "x'y\nz", error_type: null, request_id: "a b" }, "POST /item/get");
    expect(error.message).toBe("[UPSTREAM_REJECTED] POST /item/get: no error code, Plaid rejected the request");
  });
});

describe("an Item", () => {
  test("that needs its user is refused everywhere until the login works again, and nothing is lost by it", async () => {
    await using item = await useItem({ payments: 20 });
    const whole = await item.readAll("transactions");
    await item.control("POST", "login", { works: false });
    const refused = { code: "UPSTREAM_UNAUTHORIZED", publicMessage: expect.stringContaining("update mode") };
    await expect(item.check()).rejects.toMatchObject(refused);
    for (const stream of BOTH) await expect(item.readAll(stream)).rejects.toMatchObject(refused);
    await expect(item.fetchMany("Account", ["x"])).rejects.toMatchObject(refused);
    await item.control("POST", "login", { works: true });
    await expect(item.check()).resolves.toBeUndefined();
    expect((await item.readAll("transactions")).length).toBe(whole.length);
  });

  test("of another id than the settings say is refused: its webhooks would be passed over", async () => {
    await using item = await useItem({ configure: (config) => ({ ...config, itemId: "another" }) });
    await expect(item.check()).rejects.toMatchObject({ code: "UPSTREAM_REJECTED" });
  });

  test.each(["clientId", "secret", "accessToken"])("is not read with a wrong %s", async (name) => {
    await using item = await useItem({ configure: (config) => ({ ...config, [name]: "wrong" }) });
    for (const stream of BOTH) {
      await expect(item.readAll(stream)).rejects.toMatchObject({ code: "UPSTREAM_UNAUTHORIZED" });
    }
  });

  test("that Plaid has not read yet, or whose bank is away, is tried again by the run and not by us", async () => {
    await using item = await useItem({ payments: 5 });
    for (const code of ["PRODUCT_NOT_READY", "INSTITUTION_DOWN"]) {
      await item.control("POST", "refusals", { code, count: 1, path: "/transactions/sync" });
      await expect(item.readAll("transactions")).rejects.toMatchObject({ code: "UPSTREAM_UNAVAILABLE" });
    }
    expect(await item.requests()).toEqual({ "/transactions/sync 400": 2 });
  });
});

test("what only reads is asked again after a failure of the server's, although it is a POST (F25)", async () => {
  await using item = await useItem({ payments: 5 });
  await item.control("POST", "faults", { rate500: { count: 2 }, dropAfterEffect: { count: 1 } });
  await expect(item.readAll("transactions")).resolves.toHaveLength(7); // five, between two checkpoints
});
