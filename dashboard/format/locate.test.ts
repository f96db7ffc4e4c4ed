import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { locate } from "./locate.ts";

/** The part that the path leads to. */
function partOf(text: string, path: string): string | undefined {
  const range = locate(text, path);
  return range && text.slice(range.start, range.end);
}

describe("a JSON pointer", () => {
  const text = '{ "data": [ {"amount": 10}, {"amount": "ten", "a/b": {"c": [1, 2]}} ], "x": "]}" , "last": null}';
  test.each([
    ["/data/0/amount", "10"],
    ["/data/1/amount", '"ten"'],
    ["/data/1/a~1b/c/1", "2"],
    ["/data/1", '{"amount": "ten", "a/b": {"c": [1, 2]}}'],
    ["/last", "null"],
    ["/x", '"]}"'],
  ])("%s leads to %s", (path, expected) => {
    expect(partOf(text, path)).toBe(expected);
  });

  test("whose end does not exist leads to the part that does", () => {
    expect(partOf(text, "/data/0/currency")).toBe('{"amount": 10}');
  });

  test.each(["", "/nowhere"])("%j leads to nothing", (path) => {
    expect(locate(text, path)).toBeUndefined();
  });

  test("leads to the value of each member of any object", () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue(), { minKeys: 1, noNullPrototype: true }), (object) => {
        const written = JSON.stringify(object, undefined, 2);
        for (const [name, value] of Object.entries(object)) {
          const pointer = `/${name.replaceAll("~", "~0").replaceAll("/", "~1")}`;
          expect(JSON.parse(partOf(written, pointer) ?? "no part")).toEqual(JSON.parse(JSON.stringify(value)));
        }
      }),
    );
  });

  test("in text that is cut off or no JSON at all ends without an answer", () => {
    fc.assert(fc.property(fc.string(), (any) => void locate(any, "/a/0")));
    expect(locate('{"a": "b', "/a")).toBeUndefined();
  });
});

describe("an XPath", () => {
  const text = `<?xml version="1.0"?><Doc xmlns="urn:x"><!-- <Stmt> --><Stmt a=">"><Ntry>1</Ntry></Stmt>
    <n:Stmt><Ntry/><Ntry><Amt Ccy="EUR">x</Amt></Ntry></n:Stmt></Doc>`;
  test.each([
    ["/Doc/Stmt[1]/Ntry[1]", "<Ntry>1</Ntry>"],
    ["/Doc/Stmt[2]/Ntry[2]/Amt", '<Amt Ccy="EUR">x</Amt>'],
    ["/Doc[1]/Stmt[2]/Ntry[1]", "<Ntry/>"],
    ["/Doc/Stmt[2]/Ntry[2]/Amt/@Ccy", '<Amt Ccy="EUR">x</Amt>'],
    ["/Doc/Stmt[1]/Nothing", '<Stmt a=">"><Ntry>1</Ntry></Stmt>'],
  ])("%s leads to %s", (path, expected) => {
    expect(partOf(text, path)).toBe(expected);
  });
});
