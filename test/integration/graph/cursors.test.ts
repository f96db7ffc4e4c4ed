import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { randomBytes } from "node:crypto";
import { ServiceError } from "../../../src/domain/error.ts";
import { createCursors } from "../../../src/server/cursors.ts";
import { loadCursors } from "../../../src/server/load-cursors.ts";
import { type GraphServer, useGraphServer } from "../../helpers/graph-server.ts";
import { addSource, ledgerWorld, type Place, putRecords } from "../../helpers/ledger-world.ts";

let graph: GraphServer;
let cursor: string;
beforeAll(async () => {
  graph = await useGraphServer();
  for (const tenantId of ["acme", "umbrella"]) {
    const place: Place = { database: graph.database, tenantId, sourceId: `stripe-${tenantId}` };
    await addSource(place);
    await putRecords(place, ledgerWorld(0, 5));
  }
  cursor = (await graph.query("{ payments(first: 2) { pageInfo { endCursor } } }")).data.payments.pageInfo.endCursor;
});
afterAll(async () => graph[Symbol.asyncDispose]());

/** Code of the list's error for this cursor; undefined when it is accepted. */
async function refusal(list: string, after: string, tenant = "acme"): Promise<unknown> {
  const { data, errors } = await graph.query(`query ($after: String) { ${list} }`, {
    variables: { after },
    headers: { "x-sluice-tenant": tenant },
  });
  const [error] = errors;
  if (error === undefined) return undefined;
  expect(JSON.stringify(data ?? {})).not.toContain('"nodes"');
  return error.extensions.code;
}

describe("list cursors", () => {
  test("are accepted by the list that returned them, in another page size too (F96)", async () => {
    expect(await refusal("payments(first: 1, after: $after) { nodes { id } }", cursor)).toBeUndefined();
    expect(await refusal("payments(first: 3, after: $after, filter: {}) { nodes { id } }", cursor)).toBeUndefined();
  });

  test("are refused by another tenant, another list, another filter (F96)", async () => {
    const payments = "payments(after: $after) { nodes { id } }";
    expect(await refusal(payments, cursor, "umbrella")).toBe("INVALID_CURSOR");
    expect(await refusal("refunds(after: $after) { nodes { id } }", cursor)).toBe("INVALID_CURSOR");
    expect(await refusal("payments(after: $after, filter: { status: [FAILED] }) { nodes { id } }", cursor)).toBe(
      "INVALID_CURSOR",
    );
  });

  test("of one parent's children are refused by another parent (F96)", async () => {
    const { data } = await graph.query(
      "{ payments(first: 2) { nodes { id refunds(first: 1) { pageInfo { endCursor } } } } }",
    );
    const [one, other] = data.payments.nodes;
    const own = `payment(id: "${one.id}") { refunds(after: $after) { nodes { id } } }`;
    const foreign = `payment(id: "${other.id}") { refunds(after: $after) { nodes { id } } }`;
    expect(await refusal(own, one.refunds.pageInfo.endCursor)).toBeUndefined();
    expect(await refusal(foreign, one.refunds.pageInfo.endCursor)).toBe("INVALID_CURSOR");
  });

  test("are refused with any character changed, cut or added (F96)", async () => {
    const scope = { tenantId: "acme", list: "payments", filter: {} };
    const cursors = await loadCursors(graph.database);
    expect(cursors.decodeListCursor(scope, cursor).id).toMatch(/^pay_/);
    fc.assert(
      fc.property(fc.nat(cursor.length - 1), fc.string({ maxLength: 3 }), (at, text) => {
        const changed = cursor.slice(0, at) + text + cursor.slice(at + 1);
        fc.pre(changed !== cursor);
        expect(codeOf(() => cursors.decodeListCursor(scope, changed))).toBe("INVALID_CURSOR");
      }),
    );
  });

  test.each(["", "null", "MTIz", "x".repeat(100_000), "a\u0000b", "%00"])(
    "malformed cursors are refused: %#  (F96)",
    async (text) => {
      expect(await refusal("payments(after: $after) { nodes { id } }", text)).toBe("INVALID_CURSOR");
    },
  );
});

describe("event cursors", () => {
  const key = randomBytes(32);
  const cursors = createCursors({ key });

  test("contain the number of every event (F96)", () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 2n ** 63n - 1n }), (seq) => {
        expect(cursors.decodeEventCursor("acme", cursors.encodeEventCursor("acme", seq))).toBe(seq);
      }),
    );
  });

  test("are refused by another tenant, by another key, and as list cursors (F96)", () => {
    const text = cursors.encodeEventCursor("acme", 7n);
    expect(codeOf(() => cursors.decodeEventCursor("umbrella", text))).toBe("INVALID_CURSOR");
    expect(codeOf(() => createCursors({ key: randomBytes(32) }).decodeEventCursor("acme", text))).toBe(
      "INVALID_CURSOR",
    );
    expect(codeOf(() => cursors.decodeListCursor({ tenantId: "acme", list: "payments", filter: {} }, text))).toBe(
      "INVALID_CURSOR",
    );
  });
});

function codeOf(work: () => unknown): string | undefined {
  try {
    work();
    return undefined;
  } catch (reason) {
    return ServiceError.from(reason).code;
  }
}
