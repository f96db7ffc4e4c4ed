import { expect, test } from "@jest/globals";
import { z } from "zod";
import { ServiceError } from "../../domain/error.ts";
import { problemOf } from "./item-problem.ts";

const schema = z.object({
  id: z.string(),
  kind: z.enum(["a", "b"]),
  parts: z.array(z.object({ count: z.number().min(1).max(9) })),
  day: z.string().refine((text) => text.length === 10, "a day"),
});
const ITEM = { id: "x", kind: "a", parts: [{ count: 1 }], day: "2026-01-31" };

function faultOf(item: unknown): unknown {
  const { error } = schema.safeParse(item);
  return problemOf(error, item, "amount");
}

test.each([
  ["a wrong type", { ...ITEM, id: 7 }, "id", "must be string, got number"],
  ["null", { ...ITEM, id: null }, "id", "must be string, got null"],
  ["a missing field", { ...ITEM, day: undefined }, "day", "must be string, got nothing"],
  ["an array", { ...ITEM, day: ["2026-01-31"] }, "day", "must be string, got array"],
  ["none of the allowed values", { ...ITEM, kind: "c" }, "kind", 'must be "a" or "b", got string'],
  ["a number above the maximum", { ...ITEM, parts: [{ count: 10 }] }, "parts.0.count", "must be at most 9, got number"],
  [
    "too few items, in the second part",
    { ...ITEM, parts: [{ count: 1 }, { count: 0 }] },
    "parts.1.count",
    "must be at least 1, got number",
  ],
  ["a message of the schema itself", { ...ITEM, day: "today" }, "day", "must be a day, got string"],
  ["the first of two faults", { ...ITEM, id: 1, kind: 1 }, "id", "must be string, got number"],
  ["a value that is not an object", "secret", "", "must be object, got string"],
])("%s", (_name, item, path, problem) => {
  expect(faultOf(item)).toEqual({ path, problem });
});

test("an amount that the mapping refuses is reported at its path", () => {
  const reason = new ServiceError("UPSTREAM_MALFORMED", "currency must be an ISO 4217 code", { detail: "of Ada" });
  expect(problemOf(reason, ITEM, "total.amount")).toEqual({
    path: "total.amount",
    problem: "currency must be an ISO 4217 code",
  });
});

test.each([new TypeError("a bug"), new ServiceError("INTERNAL", "internal error"), "text"])(
  "%s is rethrown",
  (reason) => {
    let thrown: unknown;
    try {
      problemOf(reason, ITEM, "amount");
    } catch (caught) {
      thrown = caught;
    }
    expect(thrown).toBe(reason);
  },
);
