import { expect, test } from "@jest/globals";
import { clientIdentity } from "../rest/fixtures/tls/load.ts";
import { certificateEnd } from "./certificate-end.ts";

test("the end of a certificate is read from its PEM, and unknown without one that can be read", async () => {
  const { certificate } = await clientIdentity();
  const end = certificateEnd(certificate) ?? "";
  expect(end).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.000Z$/);
  expect(Date.parse(end)).toBeGreaterThan(Date.now());
  expect([certificateEnd(undefined), certificateEnd("no certificate")]).toEqual([undefined, undefined]);
});
