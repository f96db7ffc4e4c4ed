import { describe, expect, test } from "@jest/globals";
import { useItem } from "./fixtures/item.ts";
import { errorOf } from "./errors.ts";

const BOTH = ["accounts", "transactions"] as const;

describe("a Plaid error", () => {
  test.each([
    ["ITEM_LOGIN_REQUIRED", "ITEM_ERROR", "UPSTREAM_UNAUTHORIZED", /log in at the bank again.*update mode/],
    ["INVALID_CREDENTIALS", "ITEM_ERROR", "UPSTREAM_UNAUTHORIZED", /update mode/],
    ["ITEM_LOCKED", "ITEM_ERROR", "UPSTREAM_UNAUTHORIZED", /update mode/],
    ["USER_SETUP_REQUIRED", "ITEM_ERROR", "UPSTREAM_UNAUTHORIZED", /update mode/],
    ["ACCESS_NOT_GRANTED", "ITEM_ERROR", "UPSTREAM_UNAUTHORIZED", /has not given access/],
    ["USER_PERMISSION_REVOKED", "ITEM_ERROR", "UPSTREAM_UNAUTHORIZED", /has not given access/],
    ["INVALID_ACCESS_TOKEN", "INVALID_INPUT", "UPSTREAM_UNAUTHORIZED", /access token/],
    ["INVALID_API_KEYS", "INVALID_INPUT", "UPSTREAM_UNAUTHORIZED", /secret/],
    ["PRODUCT_NOT_READY", "ITEM_ERROR", "UPSTREAM_UNAVAILABLE", /not read/],
    ["INSTITUTION_DOWN", "INSTITUTION_ERROR", "UPSTREAM_UNAVAILABLE", /bank does not respond/],
    ["INSTITUTION_NOT_RESPONDING", "INSTITUTION_ERROR", "UPSTREAM_UNAVAILABLE", /bank/],
    ["INTERNAL_SERVER_ERROR", "API_ERROR", "UPSTREAM_UNAVAILABLE", /Plaid failed/],
    ["PLANNED_MAINTENANCE", "API_ERROR", "UPSTREAM_UNAVAILABLE", /maintenance/],
    ["SOMETHING_NEW", "API_ERROR", "UPSTREAM_UNAVAILABLE", /Plaid failed/],
    ["TRANSACTIONS_SYNC_LIMIT", "RATE_LIMIT_EXCEEDED", "UPSTREAM_RATE_LIMITED", /limits the rate/],
    ["NO_SUCH_THING", "INVALID_REQUEST", "UPSTREAM_REJECTED", /rejected/],
    ["constructor", "toString", "UPSTREAM_REJECTED", /rejected/],
  ])("error %s of type %s becomes %s", (error_code, error_type, code, words) => {
    const error = errorOf({ error_code, error_type, request_id: "req1" }, "POST /item/get");
    expect(error).toMatchObject({ code, publicMessage: expect.stringMatching(words) });
    expect(error.message).toContain(`POST /item/get: ${error_code}`);
    expect(error.message).toContain("(request req1)");
  });

  test("contains no part of Plaid's text other than plain words", () => {
    const error = errorOf({ error_code: "x'y\nz", error_type: null, request_id: "a b" }, "POST /item/get");
    expect(error.message).toBe("[UPSTREAM_REJECTED] POST /item/get: no error code, Plaid rejected the request");
  });
});

describe("a Plaid Item", () => {
  test("that needs its user is refused in every call until the login works again, and no data is lost", async () => {
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

  test("with another id than the settings name is refused, because its webhooks would be ignored", async () => {
    await using item = await useItem({ configure: (config) => ({ ...config, itemId: "another" }) });
    await expect(item.check()).rejects.toMatchObject({ code: "UPSTREAM_REJECTED" });
  });

  test.each(["clientId", "secret", "accessToken"])("is not read with a wrong %s", async (name) => {
    await using item = await useItem({ configure: (config) => ({ ...config, [name]: "wrong" }) });
    for (const stream of BOTH) {
      await expect(item.readAll(stream)).rejects.toMatchObject({ code: "UPSTREAM_UNAUTHORIZED" });
    }
  });

  test("that Plaid has not read yet, or whose bank is unavailable, is retried by the run and not by the call", async () => {
    await using item = await useItem({ payments: 5 });
    for (const code of ["PRODUCT_NOT_READY", "INSTITUTION_DOWN"]) {
      await item.control("POST", "refusals", { code, count: 1, path: "/transactions/sync" });
      await expect(item.readAll("transactions")).rejects.toMatchObject({ code: "UPSTREAM_UNAVAILABLE" });
    }
    expect(await item.requests()).toEqual({ "/transactions/sync 400": 2 });
  });
});

test("a POST that only reads is repeated after a server error (F25)", async () => {
  await using item = await useItem({ payments: 5 });
  await item.control("POST", "faults", { rate500: { count: 2 }, dropAfterEffect: { count: 1 } });
  await expect(item.readAll("transactions")).resolves.toHaveLength(7); // five, between two checkpoints
});
