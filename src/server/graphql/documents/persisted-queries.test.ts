import { expect, test } from "@jest/globals";
import { createPersistedQueries } from "./persisted-queries.ts";

const numbered = (count: number): string[] => Array.from({ length: count }, (_, n) => `hash-${n}`);

function foundOf(queries: ReturnType<typeof createPersistedQueries>, tenantId: string, hashes: readonly string[]) {
  return hashes.filter((hash) => queries.find(tenantId, hash) !== undefined);
}

test("a tenant that registers without end evicts its own texts, and none of another tenant", () => {
  const queries = createPersistedQueries(() => 2, { maxTexts: 10, maxTenantBytes: 1e6, maxBytes: 1e6 });
  queries.register("acme", "mine", "{ mine }");
  for (const hash of numbered(50)) queries.register("umbrella", hash, "{ theirs }");
  expect(foundOf(queries, "umbrella", numbered(50))).toEqual(numbered(50).slice(40));
  expect(queries.find("acme", "mine")).toBe("{ mine }");
  expect(queries.find("acme", "hash-49")).toBeUndefined();
});

test("the texts of a tenant are bounded in bytes, and a text above the bound is not stored", () => {
  const queries = createPersistedQueries(() => 1, { maxTexts: 1_000, maxTenantBytes: 100_000, maxBytes: 1e9 });
  for (const hash of numbered(100)) queries.register("acme", hash, "x".repeat(4_000));
  expect(foundOf(queries, "acme", numbered(100))).toEqual(numbered(100).slice(-12)); // 8,256 bytes each
  queries.register("acme", "large", "x".repeat(60_000));
  expect(queries.find("acme", "large")).toBeUndefined();
});

test("many tenants divide the bytes of the process among them", () => {
  const queries = createPersistedQueries(() => 10, { maxTexts: 1_000, maxTenantBytes: 100_000, maxBytes: 100_000 });
  for (let tenant = 0; tenant < 10; tenant += 1)
    for (const hash of numbered(100)) queries.register(`tenant-${tenant}`, hash, "x".repeat(1_000));
  for (let tenant = 0; tenant < 10; tenant += 1)
    expect(foundOf(queries, `tenant-${tenant}`, numbered(100))).toHaveLength(4); // 2,256 bytes each
});
