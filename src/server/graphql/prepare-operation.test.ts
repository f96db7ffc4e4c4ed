import { expect, test } from "@jest/globals";
import { buildSchema } from "graphql";
import type { Principal } from "../../../resolvers/principal.ts";
import { createOperationAdmission } from "./prepare-operation.ts";

const schema = buildSchema("type Query { one: Int }");
const PRINCIPAL: Principal = { tenantId: "acme", subject: "test", scopes: new Set(["read"]), expiresAtMs: undefined };

function useAdmission() {
  const admission = createOperationAdmission({ schema });
  const prepare = (query: string) =>
    admission.prepareOperation({ query, operationName: undefined, variables: {} }, PRINCIPAL, "http");
  return { admission, prepare };
}

test("a limited number of documents is cached, and the most recently used ones are kept longest", () => {
  const { admission, prepare } = useAdmission();
  const used = prepare("{ one }");
  const others = Array.from({ length: 1_500 }, (_, n) => `{ one } # ${n}`);
  const first = prepare(others[0] ?? "");
  const again = others.map((query) => {
    prepare(query);
    return prepare("{ one }");
  });
  expect(again.filter((document) => document !== used)).toEqual([]);
  expect(admission.documents.size).toBe(1_000);
  expect(prepare(others[0] ?? "")).not.toBe(first);
});

test("documents are cached up to a number of bytes of their syntax trees", () => {
  const { admission, prepare } = useAdmission();
  // Each comment is a token in memory, of hundreds of bytes: 20 kB of text, and 5 MB as a document.
  for (let n = 0; n < 30; n++) prepare(`{ one } # ${n}\n${"#\n".repeat(10_000)}`);
  expect(admission.documents.size).toBeLessThan(14);
  expect(admission.documents.calculatedSize).toBeLessThanOrEqual(64 * 1024 * 1024);
});

test("a text that a limit refuses is not validated: its other mistakes are not reported (F117)", () => {
  const { prepare } = useAdmission();
  const unknown = Array.from({ length: 200 }, () => "nothing { nothing }").join(" ");
  expect(() => prepare(`{ ${unknown} }`)).toThrow("the operation selects the same fields too often");
  expect(() => prepare(`{ nothing } fragment F on Query { ${unknown} }`)).toThrow('Fragment "F" is never used.');
  expect(() => prepare(`{ ${"nothing ".repeat(6_000)} }`)).toThrow("the document has too many tokens");
  expect(() => prepare(`{ one } # ${"x".repeat(100_000)}`)).toThrow("the document is too long");
});

test("both transports share one cache of documents, and pass the same gate", () => {
  const { admission } = useAdmission();
  const over = (transport: "http" | "websocket", query: string) =>
    admission.prepareOperation({ query, operationName: undefined, variables: {} }, PRINCIPAL, transport);
  expect(over("http", "{ one }")).toBe(over("websocket", "{ one }"));
  for (const transport of ["http", "websocket"] as const) {
    expect(() => over(transport, "{ two }")).toThrow('Cannot query field "two" on type "Query".');
    expect(() => over(transport, "{ a: __schema { types { name } } b: __schema { types { name } } }")).toThrow("once");
  }
});

test("the settings limit the cost, and the error does not name the limit (F91)", () => {
  const admission = createOperationAdmission({ schema, settings: { maxCost: 2 } });
  const prepare = (query: string) =>
    admission.prepareOperation({ query, operationName: undefined, variables: {} }, PRINCIPAL, "http");
  expect(() => prepare("{ one a: one }")).not.toThrow();
  expect(() => prepare("{ one a: one b: one }")).toThrow(/^\[INVALID_INPUT\] the operation costs too much: [^\d]+$/);
});
