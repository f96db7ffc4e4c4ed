import { describe, expect, test } from "@jest/globals";
import { verifyClientCertificate } from "./client-certificate.ts";
import { headersOf, REFUSED, refusalOf } from "./fixtures/refusal.ts";
import type { Secret } from "./secrets.ts";
import { verifySharedHeader } from "./shared-header.ts";

const NOW_MS = 1_763_800_000_000;

describe("a shared secret in a header", () => {
  function refusal(value: string | readonly string[], secrets: readonly Secret[] = ["s3cret"], prefix = "") {
    const headers = headersOf({ "x-api-key": value });
    return refusalOf(() => verifySharedHeader({ headers, header: "x-api-key", prefix, secrets, nowMs: NOW_MS }));
  }

  test("is accepted as it is, and after its prefix", () => {
    expect(refusal("s3cret")).toBeUndefined();
    expect(refusal("Bearer s3cret", ["s3cret"], "Bearer ")).toBeUndefined();
  });

  test("is accepted as the old and the new one until the old one expires (F52)", () => {
    expect(refusal("old", ["s3cret", { value: "old", expiresAtMs: NOW_MS + 1 }])).toBeUndefined();
    expect(refusal("old", ["s3cret", { value: "old", expiresAtMs: NOW_MS }])).toEqual(REFUSED);
  });

  test.each(["", "s3cre", "s3crett", "S3CRET", " s3cret", "s3cret,s3cret", "Bearer s3cret", "s".repeat(5000)])(
    "%j is refused (F49)",
    (value) => expect(refusal(value)).toEqual(REFUSED),
  );

  test("is refused when it is sent twice, with another prefix, or when no secret or an empty one is configured (F49)", () => {
    expect(refusal(["s3cret", "s3cret"])).toEqual(REFUSED);
    expect(refusal([])).toEqual(REFUSED);
    expect(refusal("bearer s3cret", ["s3cret"], "Bearer ")).toEqual(REFUSED);
    expect(refusal("s3cret", [])).toEqual(REFUSED);
    expect(refusal("Bearer ", [""], "Bearer ")).toEqual(REFUSED);
  });

  test("is not read from a header named __proto__ (F62)", () => {
    const headers = new Map([["__proto__", ["s3cret"]]]);
    const call = { headers, header: "x-api-key", secrets: ["s3cret"], nowMs: NOW_MS };
    expect(refusalOf(() => verifySharedHeader(call))).toEqual(REFUSED);
  });
});

describe("a client certificate's fingerprint", () => {
  const PIN = "5f".repeat(32);
  const HEADER = "x-client-cert-sha256";

  function refusal(value: string | readonly string[], fingerprints: readonly Secret[] = [PIN]) {
    const headers = headersOf({ [HEADER]: value });
    return refusalOf(() => verifyClientCertificate({ headers, header: HEADER, fingerprints, nowMs: NOW_MS }));
  }

  test("is accepted when it is pinned, in the letter case that the proxy writes", () => {
    expect(refusal(PIN)).toBeUndefined();
    expect(refusal(PIN.toUpperCase())).toBeUndefined();
    expect(refusal(PIN, [PIN.toUpperCase()])).toBeUndefined();
  });

  test("is accepted as the old and the new one until the old one expires (F52)", () => {
    const renewed = "a0".repeat(32);
    expect(refusal(PIN, [renewed, { value: PIN, expiresAtMs: NOW_MS + 1 }])).toBeUndefined();
    expect(refusal(PIN, [renewed, { value: PIN, expiresAtMs: NOW_MS }])).toEqual(REFUSED);
  });

  test.each([
    ["another certificate's", "60".repeat(32)],
    ["empty", ""],
    ["short", PIN.slice(1)],
    ["long", `${PIN}0`],
    ["SHA-1, as nginx writes it (F53)", "5f".repeat(20)],
    ["both cases of letters", PIN.replace("5f", "5F")],
    ["colons", PIN.match(/../g)?.join(":") ?? ""],
    ["two of them", `${PIN},${PIN}`],
  ])("is refused: %s (F49)", (_what, value) => expect(refusal(value)).toEqual(REFUSED));

  test("is refused when it is sent twice: one of them came from the caller", () => {
    expect(refusal([PIN, PIN])).toEqual(REFUSED);
  });

  test("is refused when nothing is pinned, or the header has no fingerprint", () => {
    expect(refusal(PIN, [])).toEqual(REFUSED);
    expect(refusal("", [""])).toEqual(REFUSED);
    expect(refusal("5f", ["5f"])).toEqual(REFUSED);
  });
});
