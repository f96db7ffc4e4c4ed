import { expect, test } from "@jest/globals";
import { ServiceError } from "./error.ts";

test("a thrown value that is no ServiceError becomes INTERNAL, and only the log gets its text", () => {
  const cause = new Error("password authentication failed for sk_live_1");
  const error = ServiceError.from(cause);
  expect([error.code, error.publicMessage, error.retryable, error.cause]).toEqual([
    "INTERNAL",
    "internal error",
    false,
    cause,
  ]);
  expect(error.message).toContain("password authentication failed");
  const own = new ServiceError("NOT_FOUND", "there is none");
  expect(ServiceError.from(own)).toBe(own);
});
