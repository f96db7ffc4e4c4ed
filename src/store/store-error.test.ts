import { describe, expect, test } from "@jest/globals";
import { storeError } from "./store-error.ts";

describe("classification of database errors", () => {
  test.each([
    "57014",
    "25P03",
    "55P03",
    "53300",
    "57P01",
    "08006",
    "EAI_AGAIN",
    "EHOSTUNREACH",
    "ECONNREFUSED",
    "40P01",
    "53100",
    "25006",
  ])("%s is temporary, so the call may be retried", (code) => {
    expect(storeError(Object.assign(new Error("down"), { code }))).toMatchObject({
      code: "STORE_UNAVAILABLE",
      retryable: true,
    });
  });

  test.each(["22003", "23505", "42501", "42P01", ""])("%s is permanent", (code) => {
    expect(storeError(Object.assign(new Error("no"), { code }))).toMatchObject({ code: "INTERNAL", retryable: false });
  });
});
