import { expect, test } from "@jest/globals";
import type { Principal } from "../../../resolvers/principal.ts";
import { createOpenUses } from "../../api-keys/open-uses.ts";
import type { ServiceError } from "../../domain/error.ts";
import { createServedTenants } from "../../runtime/served-tenants.ts";
import { createAccessEnds } from "./access-ends.ts";

const caller = (more: Partial<Principal>): Principal => ({
  tenantId: "acme",
  subject: "kim",
  scopes: new Set(["read"]),
  expiresAtMs: undefined,
  ...more,
});
const OPEN = new AbortController().signal;

/** Resolves with the reason for which the access of a caller ends. */
function endOf(principal: Principal, access = createAccessEnds()): Promise<ServiceError> {
  return new Promise((resolve) => access.watch({ principal, signal: OPEN, onEnded: resolve }));
}

test("access ends when the token or the key expires, at once if it has already (F98)", async () => {
  expect((await endOf(caller({ expiresAtMs: Date.now() - 1 }))).publicMessage).toBe("the token expired");
  expect((await endOf(caller({ expiresAtMs: Date.now() + 20, apiKeyId: "key_1" }))).publicMessage).toBe(
    "the API key expired",
  );
});

test("a check fails from the moment at which the token expires, whether a timer has run or not (F98)", () => {
  const access = createAccessEnds();
  expect(() => access.require(caller({ expiresAtMs: Date.now() }))).toThrow("the token expired");
  expect(() => access.require(caller({ expiresAtMs: Date.now() + 60_000 }))).not.toThrow();
  expect(() => access.require(caller({}))).not.toThrow();
});

test("access with a key ends once for each open connection when the key is revoked, and for no other key", () => {
  const uses = createOpenUses();
  const access = createAccessEnds({ watch: uses.add, isRevoked: uses.isRevoked });
  const ended: string[] = [];
  const closed = new AbortController();
  const watch = (name: string, apiKeyId: string, signal = OPEN) =>
    access.watch({
      principal: caller({ apiKeyId }),
      signal,
      onEnded: (reason) => ended.push(`${name}: ${reason.publicMessage}`),
    });
  watch("first", "key_1");
  watch("second", "key_1");
  watch("other", "key_2");
  watch("closed", "key_1", closed.signal);
  closed.abort();
  expect(uses.keys().map(({ id }) => id)).toEqual(["key_1", "key_2"]);
  uses.revoke("key_1");
  uses.revoke("key_1");
  expect(ended).toEqual(["first: the API key was revoked", "second: the API key was revoked"]);
  expect(uses.keys().map(({ id }) => id)).toEqual(["key_2"]);
  expect(uses.isRevoked("key_1")).toBe(false); // no connection of the key is left, so nothing of it is in memory
});

test("access ends when the tenant is removed, for every connection of it and at the next check", () => {
  const tenants = createServedTenants(["acme", "umbrella"]);
  const access = createAccessEnds(undefined, tenants);
  const ended: string[] = [];
  const closed = new AbortController();
  const watch = (name: string, more: Partial<Principal>, signal = OPEN) =>
    access.watch({
      principal: caller(more),
      signal,
      onEnded: ({ code, publicMessage }) => ended.push(`${name}: ${code} ${publicMessage}`),
    });
  watch("token", {});
  watch("key", { apiKeyId: "key_1" });
  watch("other", { tenantId: "umbrella" });
  watch("closed", {}, closed.signal);
  closed.abort();
  expect(() => access.require(caller({}))).not.toThrow();
  tenants.replace(["umbrella"]);
  const reason = "UNAUTHENTICATED the tenant is no longer configured here";
  expect(ended).toEqual([`token: ${reason}`, `key: ${reason}`]);
  expect(() => access.require(caller({}))).toThrow("the tenant is no longer configured here");
  expect(() => access.require(caller({ tenantId: "umbrella" }))).not.toThrow();
});
