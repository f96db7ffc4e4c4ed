import { describe, expect, test } from "@jest/globals";
import { parse } from "graphql";
import type { Principal } from "../../../resolvers/principal.ts";
import { documentBytes } from "../graphql/memory-size.ts";
import { createQuota, type Quota, type Release } from "./quota.ts";

const UNLIMITED = { connections: 1e9, operations: 1e9, bytes: 1e9 };
const DOCUMENT = parse("{ a }");
const SIZE = documentBytes(DOCUMENT);

function principal(tenantId: string, subject: string): Principal {
  return { tenantId, subject, scopes: new Set(["read"]), expiresAtMs: undefined };
}
const ada = principal("acme", "ada");
const ben = principal("acme", "ben");
const cy = principal("umbrella", "ada");

/** Calls until the quota refuses. */
function fill(admit: () => Release): { readonly admitted: Release[]; readonly refusal: unknown } {
  const admitted: Release[] = [];
  for (;;) {
    try {
      admitted.push(admit());
    } catch (refusal) {
      return { admitted, refusal };
    }
  }
}

const connectionOf = (quota: Quota, who: Principal) => () => quota.openConnection(who);
const operationOf =
  (quota: Quota, who: Principal, bytes = 0, document = DOCUMENT) =>
  () =>
    quota.startOperation(who, { document, bytes });

describe("a quota (F97)", () => {
  test("of connections is counted for each principal and for each tenant", () => {
    const quota = createQuota({
      perPrincipal: { ...UNLIMITED, connections: 3 },
      perTenant: { ...UNLIMITED, connections: 5 },
    });
    const first = fill(connectionOf(quota, ada));
    expect(first.admitted).toHaveLength(3);
    expect(first.refusal).toMatchObject({
      code: "OVERLOADED",
      publicMessage: "a principal may have 3 WebSockets and streams open",
    });
    const second = fill(connectionOf(quota, ben));
    expect(second.admitted).toHaveLength(2);
    expect(second.refusal).toMatchObject({
      code: "OVERLOADED",
      publicMessage: "a tenant may have 5 WebSockets and streams open",
    });
    expect(fill(connectionOf(quota, cy)).admitted).toHaveLength(3);
    first.admitted[0]?.();
    first.admitted[0]?.();
    expect(fill(connectionOf(quota, ada)).admitted).toHaveLength(1);
  });

  test("of operations is counted for each principal and for each tenant", () => {
    const quota = createQuota({
      perPrincipal: { ...UNLIMITED, operations: 2 },
      perTenant: { ...UNLIMITED, operations: 3 },
    });
    expect(fill(operationOf(quota, ada)).admitted).toHaveLength(2);
    const { admitted, refusal } = fill(operationOf(quota, ben));
    expect(admitted).toHaveLength(1);
    expect(refusal).toMatchObject({ code: "OVERLOADED", retryAfterMs: 1_000 });
    expect(fill(operationOf(quota, cy)).admitted).toHaveLength(2);
  });

  test("of bytes counts variables, and each document once while an operation runs it (F118)", () => {
    const bytes = 2 * SIZE + 400;
    const quota = createQuota({ perPrincipal: { ...UNLIMITED, bytes }, perTenant: UNLIMITED });
    const { admitted, refusal } = fill(operationOf(quota, ada, 100));
    expect(admitted).toHaveLength(Math.floor((bytes - SIZE) / 100));
    expect(refusal).toMatchObject({
      code: "OVERLOADED",
      publicMessage: `a principal may run operations of ${bytes} bytes over WebSockets and streams at a time`,
    });
    for (const release of admitted) release();
    const others = fill(() => operationOf(quota, ada, 0, parse("{ a }"))());
    expect(others.admitted).toHaveLength(2);
  });

  test("of bytes counts a document until the last operation that runs it has ended (F118)", () => {
    const quota = createQuota({ perPrincipal: { ...UNLIMITED, bytes: SIZE + 100 }, perTenant: UNLIMITED });
    const [release] = fill(operationOf(quota, ada, 50)).admitted; // of two
    release?.();
    expect(fill(operationOf(quota, ada, 50)).admitted).toHaveLength(1);
  });

  test("that refuses for the tenant counts nothing for the principal", () => {
    const quota = createQuota({
      perPrincipal: { ...UNLIMITED, connections: 2 },
      perTenant: { ...UNLIMITED, connections: 1 },
    });
    const [release] = fill(connectionOf(quota, ben)).admitted;
    for (let attempt = 0; attempt < 5; attempt += 1) expect(connectionOf(quota, ada)).toThrow(/tenant may have 1/);
    release?.();
    expect(connectionOf(quota, ada)).not.toThrow();
  });
});
