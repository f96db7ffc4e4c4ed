import { expect, test } from "@jest/globals";
import { createServedTenants } from "./served-tenants.ts";

test("watchers of a tenant are called once when it is removed, at once when it is not served, and not after they have left", async () => {
  const tenants = createServedTenants(["acme", "umbrella"]);
  const called: string[] = [];
  tenants.watch("acme", () => called.push("first"));
  const leave = tenants.watch("acme", () => called.push("left"));
  tenants.watch("umbrella", () => called.push("umbrella"));
  leave();
  expect(tenants.replace(["umbrella", "third"])).toEqual(["acme"]);
  expect(called).toEqual(["first"]);
  expect(tenants.ids).toEqual(["umbrella", "third"]);
  expect([tenants.has("acme"), tenants.has("third")]).toEqual([false, true]);
  tenants.watch("acme", () => called.push("late"));
  await Promise.resolve();
  expect(called).toEqual(["first", "late"]);
  expect(tenants.replace(["acme"])).toEqual(["umbrella", "third"]);
  expect(called).toEqual(["first", "late", "umbrella"]);
});
