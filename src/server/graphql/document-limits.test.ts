import { describe, expect, test } from "@jest/globals";
import { parse } from "graphql";
import { ServiceError } from "../../domain/error.ts";
import { DOCUMENT_LIMITS, limitDocument, limitOperations } from "./document-limits.ts";

const times = (count: number, text: (index: number) => string) =>
  Array.from({ length: count }, (_, index) => text(index)).join(" ");

function limit(query: string, introspection = true): void {
  const document = parse(query);
  limitDocument(document);
  limitOperations(document, { introspection });
}

describe("a document may have up to the limit and no more", () => {
  test.each<[keyof typeof DOCUMENT_LIMITS, (count: number) => string, RegExp]>([
    ["operations", (count) => times(count, (n) => `query Q${n} { a }`), /too many operations/],
    ["fragments", (count) => `{ a } ${times(count, (n) => `fragment F${n} on T { a }`)}`, /too many fragments/],
    ["spreads", (count) => `{ ${times(count, () => "...F")} } fragment F on T { a }`, /spreads fragments too often/],
    ["aliases", (count) => `{ a { ${times(count, (n) => `b${n}: c`)} } }`, /too many aliases/],
    ["directives", (count) => `query ($v: Int @a) { a ${times(count - 1, () => "@b")} }`, /too many directives/],
    ["depth", (count) => `${"{ a ".repeat(count)}${"}".repeat(count)}`, /nested too deep/],
    ["rootFields", (count) => `{ ${times(count, (n) => `a${n}`)} }`, /too many root fields/],
    ["selections", (count) => `{ a { ${times(count - 1, (n) => `b${n}`)} } }`, /too many fields/],
  ])("%s", (name, query, message) => {
    expect(() => limit(query(DOCUMENT_LIMITS[name]))).not.toThrow(message);
    expect(() => limit(query(DOCUMENT_LIMITS[name] + 1))).toThrow(message);
  });

  test("pairs of fields of one path, however they are nested", () => {
    const same = (count: number) => `{ ${times(count, () => "a { b }")} }`;
    const most = Math.floor((1 + Math.sqrt(1 + 4 * DOCUMENT_LIMITS.pairs)) / 2); // two levels of n * (n - 1) / 2
    expect(() => limit(same(most))).not.toThrow();
    expect(() => limit(same(most + 1))).toThrow(/selects the same fields too often/);
    expect(() => limit(`{ ${times(12, () => `a { ${times(12, () => "b { c }")} }`)} }`)).toThrow(/the same fields/);
    expect(() => limit(`{ ${times(most + 1, () => "... on T { a { b } }")} }`)).toThrow(/the same fields/);
  });

  test("fields of different paths are no pairs", () => {
    expect(() => limit(`{ ${times(50, (n) => `a${n} { ${times(90, (m) => `b${m}`)} }`)} }`)).not.toThrow();
  });
});

describe("fragments are counted wherever they are spread", () => {
  test("their depth, their fields and their root fields", () => {
    const deep = `${"{ a ".repeat(DOCUMENT_LIMITS.depth - 8)}${"}".repeat(DOCUMENT_LIMITS.depth - 8)}`;
    expect(() => limit(`${"{ a ".repeat(9)} { ...F } ${"}".repeat(9)} fragment F on T ${deep}`)).toThrow(
      /nested too deep/,
    );
    const fields = times(DOCUMENT_LIMITS.rootFields + 1, (n) => `a${n}`);
    expect(() => limit(`{ ...F } fragment F on T { ${fields} }`)).toThrow(/too many root fields/);
    const wide = `fragment F on T { ${times(100, (n) => `b${n}`)} }`;
    expect(() => limit(`{ ${times(50, (n) => `a${n} { ...F }`)} } ${wide}`)).toThrow(/too many fields/);
  });

  test("fragments that double with each of 100 end at the limit (F88)", () => {
    const chain = times(100, (n) => `fragment F${n} on T { ...F${n + 1} ...F${n + 1} }`);
    expect(() => limitOperations(parse(`{ ...F0 } ${chain}`), { introspection: true })).toThrow(/too many fields/);
  });
});

describe("schema and SDL", () => {
  test.each([
    "{ a: __schema { types { name } } b: __schema { types { name } } }",
    '{ ...A ...B } fragment A on Query { a: __type(name: "A") { name } } fragment B on Query { b: __type(name: "B") { name } }',
    "{ _service { sdl } ... { a: _service { sdl } } }",
    "{ _service { sdl a: sdl } }",
  ])("may be requested once per operation: %s (F117)", (query) => {
    expect(() => limit(query)).toThrow(/^\[INVALID_INPUT\] the operation may request \w+ once, got 2 aliases$/);
  });

  test("may be requested together, and in each operation", () => {
    const all = '{ _service { sdl } __schema { types { name } } __type(name: "A") { name } }';
    expect(() => limit(`query A ${all} query B ${all}`)).not.toThrow();
    expect(() => limit("{ ...F ...F } fragment F on Query { _service { sdl } }")).not.toThrow();
  });

  test("are refused where introspection is off, except the SDL (F91)", () => {
    for (const query of [
      "{ a: __schema { types { name } } }",
      '{ ...F } fragment F on Query { __type(name: "A") { name } }',
    ]) {
      expect(() => limit(query, false)).toThrow(new ServiceError("FORBIDDEN", "introspection is switched off"));
    }
    expect(() => limit("{ __typename _service { sdl } }", false)).not.toThrow();
  });
});
