import { expect, test } from "@jest/globals";
import type { Principal } from "../../../resolvers/principal.ts";
import { createOperationLimits, type OperationLimitSettings } from "./operation-limits.ts";

const caller = (subject: string, tenantId = "acme"): Principal => ({
  tenantId,
  subject,
  scopes: new Set(["read"]),
  expiresAtMs: undefined,
});

function open(settings: Partial<OperationLimitSettings>) {
  let nowMs = 0;
  const limits = createOperationLimits({ perSecond: undefined, concurrent: undefined, ...settings }, () => nowMs);
  return { limits, pass: (ms: number) => void (nowMs += ms) };
}

test("a caller may start its operations of a second at once, and then one whenever its share of the second has passed", () => {
  const { limits, pass } = open({ perSecond: 4 });
  for (let index = 0; index < 4; index += 1) limits.begin(caller("a"));
  const refused = { code: "RATE_LIMITED", retryable: true, retryAfterMs: 250 };
  expect(() => limits.begin(caller("a"))).toThrow(expect.objectContaining(refused));
  pass(100);
  expect(() => limits.begin(caller("a"))).toThrow(expect.objectContaining({ ...refused, retryAfterMs: 150 }));
  pass(150);
  limits.begin(caller("a"));
  expect(() => limits.begin(caller("a"))).toThrow(expect.objectContaining(refused));
});

test("a caller that runs as many operations as it may starts the next one when one has ended", () => {
  const { limits } = open({ concurrent: 2 });
  const [first] = [limits.begin(caller("a")), limits.begin(caller("a"))];
  expect(() => limits.begin(caller("a"))).toThrow("a caller may run 2 operations at a time");
  first();
  first(); // counts once
  limits.begin(caller("a"));
  expect(() => limits.begin(caller("a"))).toThrow(expect.objectContaining({ code: "RATE_LIMITED" }));
});

test("callers of the same name in two tenants, and two callers of one tenant, have limits of their own", () => {
  const { limits } = open({ perSecond: 1, concurrent: 1 });
  for (const principal of [caller("a"), caller("b"), caller("a", "umbrella")]) limits.begin(principal);
  expect(() => limits.begin(caller("a"))).toThrow(expect.objectContaining({ code: "RATE_LIMITED" }));
});

test("among many callers only the idle ones are forgotten", () => {
  const { limits, pass } = open({ perSecond: 1, concurrent: 1 });
  limits.begin(caller("busy"));
  for (let index = 0; index < 9_999; index += 1) limits.begin(caller(`idle ${index}`))();
  pass(1_000);
  limits.begin(caller("one more"));
  expect(() => limits.begin(caller("busy"))).toThrow("a caller may run 1 operations at a time");
  limits.begin(caller("idle 0"));
});

test("without settings nothing is limited", () => {
  const { limits } = open({});
  for (let index = 0; index < 10_000; index += 1) limits.begin(caller("a"));
  expect(() => limits.begin(caller("a"))).not.toThrow();
});
