import { describe, expect, test } from "@jest/globals";
import type { CamtEvent } from "../camt.ts";
import { createMessageParser } from "./message-parser.ts";
import { document, entry, statement } from "../fixtures/camt-xml.ts";

function unknownIn(xml: string) {
  const parser = createMessageParser({ entries: true });
  const events = [...parser.write(Buffer.from(xml)), ...parser.end()] as readonly CamtEvent[]; // of small messages
  return events.flatMap((event) => (event.type === "statement" ? event.statement.unknownElements : []));
}

describe("elements of a message (F26)", () => {
  test("that no version has are counted by path, whatever is in them, and everything else is read", () => {
    const details =
      "<NtryDtls><TxDtls><Refs><Foo><Bar>1</Bar></Foo></Refs><Baz/></TxDtls><TxDtls><Baz/></TxDtls></NtryDtls>";
    const body = statement(`<Foo/><Bal><Tp/><Foo/></Bal>${entry({ more: details })}${entry({ more: "<Foo>x</Foo>" })}`);
    expect(unknownIn(document({ body })).toSorted((a, b) => (a.path < b.path ? -1 : 1))).toEqual([
      { path: "Bal/Foo", count: 1 },
      { path: "Ntry/Foo", count: 1 },
      { path: "Ntry/NtryDtls/TxDtls/Baz", count: 2 },
      { path: "Ntry/NtryDtls/TxDtls/Refs/Foo", count: 1 },
      { path: "Stmt/Foo", count: 1 },
    ]);
  });

  test("with random names are at most a hundred paths", () => {
    const more = Array.from({ length: 5_000 }, (_, index) => `<N${index}/>`).join("");
    expect(unknownIn(document({ body: statement(entry({ more })) }))).toHaveLength(100);
  });

  test("of another namespace, and of the parts for extensions, are none of the message", () => {
    const more = '<x:Foo xmlns:x="urn:bank">1</x:Foo><SplmtryData><Envlp><Any/></Envlp></SplmtryData>';
    expect(unknownIn(document({ body: statement(entry({ more })) }))).toEqual([]);
  });
});
