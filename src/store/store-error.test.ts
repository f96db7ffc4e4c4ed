import { describe, expect, test } from "@jest/globals";
import { storeError } from "./store-error.ts";

describe("what went wrong at the store", () => {
  test.each(["57014", "25P03", "55P03", "53300", "57P01", "08006", "EAI_AGAIN", "EHOSTUNREACH", "ECONNREFUSED"])(
    "%s passes, so it may be tried again",
    (code) => {
      expect(storeError(Object.assign(new Error("down"), { code }))).toMatchObject({
        code: "STORE_UNAVAILABLE",
        retryable: true,
      });
    },
  );

  test.each(["22003", "23505", "42501", "42P01", ""])("%s stays", (code) => {
    expect(storeError(Object.assign(new Error("no"), { code }))).toMatchObject({ code: "INTERNAL", retryable: false });
  });
});
