import { expect, test } from "@jest/globals";
import { auditFilter } from "./audit-filter.ts";

test("a mutation is found by its name alone, what the service does by itself by its full name", () => {
  expect(auditFilter({ action: "pauseSource" })).toEqual({ action: "mutation.pauseSource" });
  expect(auditFilter({ action: "retention.cut" })).toEqual({ action: "retention.cut" });
});

test("conditions without a value, and times that are none, are left out", () => {
  expect(auditFilter({})).toEqual({});
  expect(auditFilter({ tab: "audit", from: "yesterday", to: "2026-01-02T00:00Z" })).toEqual({
    to: "2026-01-02T00:00:00.000Z",
  });
});
