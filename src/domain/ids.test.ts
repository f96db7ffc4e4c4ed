import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { ENTITY_TYPES, entityId, typeOfId } from "./ids.ts";
import { newOperationId } from "./operation-id.ts";

const text = fc.string({ minLength: 1, maxLength: 30 }).filter((value) => !value.includes("\0"));

test("an id contains its type and is the same each time it is derived", () => {
  fc.assert(
    fc.property(text, text, fc.constantFrom(...ENTITY_TYPES), text, (tenant, source, type, externalId) => {
      const id = entityId(tenant, source, type, externalId);
      expect(typeOfId(id)).toBe(type);
      expect(entityId(tenant, source, type, externalId)).toBe(id);
    }),
  );
});

test("ids of different tenants, sources, types or objects differ", () => {
  const ids = [
    entityId("acme", "main", "Payment", "pi_1"),
    entityId("globex", "main", "Payment", "pi_1"),
    entityId("acme", "other", "Payment", "pi_1"),
    entityId("acme", "main", "Refund", "pi_1"),
    entityId("acme", "main", "Payment", "pi_2"),
    entityId("acm", "emain", "Payment", "pi_1"),
  ];
  expect(new Set(ids).size).toBe(ids.length);
});

test.each([
  "",
  "pay_",
  "pay_short",
  "PAY_aaaaaaaaaaaaaaaaaaaaaa",
  "xxx_aaaaaaaaaaaaaaaaaaaaaa",
  "a_b",
  "__proto__",
  "-x",
  "x-",
])("%j is not a valid id", (id) => {
  expect(typeOfId(id)).toBeUndefined();
});

test("a source's id is its configured name", () => {
  expect(typeOfId("stripe-main")).toBe("Source");
});

test("operation ids are distinct, and ordered by time", () => {
  const ids = Array.from({ length: 100 }, (_, index) => newOperationId("SyncRun", 1_700_000_000_000 + index));
  expect(new Set(ids).size).toBe(100);
  expect(ids.map((id) => Buffer.from(id.slice(4), "base64url").toString("hex"))).toEqual(
    ids.map((id) => Buffer.from(id.slice(4), "base64url").toString("hex")).sort(),
  );
  expect(typeOfId(ids[0] ?? "")).toBe("SyncRun");
});
