import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { type CamtEntry, CamtRefused, type CamtTotals } from "../camt.ts";
import { balance, document, entry, entryWith, statement } from "../fixtures/camt-xml.ts";
import { parse, type ParseOptions, type ParsedFile } from "../fixtures/read.ts";

/** A file with every kind of element, and characters of one to four bytes. */
const SAMPLE = document({
  prolog: '<?xml version="1.0" encoding="UTF-8"?>\r\n<!-- für 👩‍🚀 -->\n<?a b?>',
  body:
    statement(
      balance("OPBD", "0.00") +
        entryWith(['<Amt Ccy="EUR">4.00</Amt><Refs><EndToEndId>é-1</EndToEndId></Refs>', '<Amt Ccy="EUR">6</Amt>']) +
        entry({ amount: "1<!-- x -->2<![CDATA[.5]]>0", direction: "DBIT", status: "<Cd>BOOK</Cd>" }) +
        entry({ amount: "x" }) +
        balance("CLBD", "-2.50") +
        "<AddtlStmtInf>Zürich &amp; 東京 &#x1F680; 𝄞</AddtlStmtInf>",
    ) + statement(entry({ currency: "JPY", amount: "7", more: "<BookgDt><Dt>2024-02-29</Dt></BookgDt>" })),
});
const ENCODINGS = [
  Buffer.from(SAMPLE),
  Buffer.from(`\uFEFF${SAMPLE.replace("UTF-8", "UTF-16")}`, "utf16le"),
  Buffer.from(`\uFEFF${SAMPLE.replace("UTF-8", "UTF-16")}`, "utf16le").swap16(),
];

/** The events, or the reason of the refusal; any other error is a failure. */
function outcome(file: Uint8Array, options?: ParseOptions): ParsedFile | string {
  try {
    return parse(file, options);
  } catch (reason) {
    if (reason instanceof CamtRefused) return reason.refusal;
    throw reason;
  }
}

test("the result is the same for any split of the bytes (F84)", () => {
  const whole = outcome(Buffer.from(SAMPLE));
  expect(whole).toMatchObject({ statements: [{ counts: { entries: 3, faulty: 1, detailsEqual: 1 } }, {}] });
  for (const file of ENCODINGS) {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 700 }), (chunkBytes) =>
        expect(outcome(file, { chunkBytes })).toEqual(whole),
      ),
      { numRuns: 40, examples: [[1], [2], [3]] },
    );
  }
});

/** Totals that are computed from the events' entries, and from nothing else. */
function expectConsistent(parsed: ParsedFile): void {
  for (const { index, totals, unbookedTotals, counts } of parsed.statements) {
    const items = parsed.items[index] ?? [];
    const entries = items.flatMap((item) => (item.entry === undefined ? [] : [item.entry]));
    const withStatus = (...statuses: readonly (string | undefined)[]) =>
      entries.filter(({ status }) => statuses.includes(status));
    const booked = withStatus(undefined, "BOOK");
    const pending = withStatus("PDNG");
    expect(items.map((item) => item.index)).toEqual(items.map((_item, at) => at));
    expect([counts.entries, counts.faulty]).toEqual([items.length, items.length - entries.length]);
    expect(counts.detailsEqual + counts.detailsDiffer + counts.detailsNone).toBe(entries.length);
    expect(counts.details).toBe(entries.reduce((sum, { details }) => sum + details.length, 0));
    expect(Object.values(counts.byStatus).reduce((sum, count) => sum + count, 0)).toBe(entries.length);
    expectSums(totals, booked);
    expectSums(unbookedTotals.pending, pending);
    expectSums(
      unbookedTotals.other,
      entries.filter((entry) => !booked.includes(entry) && !pending.includes(entry)),
    );
  }
}

function expectSums(totals: readonly CamtTotals[], entries: readonly CamtEntry[]): void {
  for (const { currency, scale, net, credits, debits } of totals) {
    const own = entries.filter(({ amount }) => amount.currency === currency);
    const signed = own.map(({ amount, direction }) => {
      const units = amount.units * 10n ** BigInt(scale - amount.scale);
      return direction === "CRDT" ? units : -units;
    });
    expect(signed.reduce((total, units) => total + units, 0n)).toBe(net);
    expect(credits.count + debits.count).toBe(own.length);
  }
}

/** Never a crash, and the same result for any split: but of two reasons to refuse, either may be found first. */
function expectSound(file: Uint8Array): void {
  const parsed = outcome(file);
  const inPieces = outcome(file, { chunkBytes: 7 });
  const refused = typeof parsed === "string" && typeof inPieces === "string";
  expect(refused ? parsed : inPieces).toEqual(parsed);
  if (typeof parsed !== "string") expectConsistent(parsed);
}

test("every file that is truncated at any byte is refused (F80)", () => {
  const bytes = Buffer.from(SAMPLE);
  for (let at = 0; at < bytes.length; at++) expect(typeof outcome(bytes.subarray(0, at))).toBe("string");
});

test("a file with changed bytes is read or refused (F80)", () => {
  const change = fc.record({
    at: fc.nat(),
    byte: fc.oneof(fc.nat(255), fc.constantFrom(...Buffer.from("<>&;/!?[]\"' \n-=x:"))),
    kind: fc.constantFrom("set", "insert", "delete"),
  });
  fc.assert(
    fc.property(fc.constantFrom(...ENCODINGS), fc.array(change, { minLength: 1, maxLength: 4 }), (file, changes) => {
      const bytes = [...file];
      for (const { at, byte, kind } of changes) {
        if (kind === "set") bytes[at % bytes.length] = byte;
        else bytes.splice(at % bytes.length, kind === "delete" ? 1 : 0, ...(kind === "insert" ? [byte] : []));
      }
      expectSound(Uint8Array.from(bytes));
    }),
    { numRuns: 400 },
  );
});

test("a file with reordered, missing or repeated parts is read or refused (F85)", () => {
  const parts = SAMPLE.split(/(?=<)/);
  fc.assert(
    fc.property(fc.nat(), fc.nat(20), fc.nat(), fc.boolean(), (from, length, to, isCopied) => {
      const rest = [...parts];
      const moved = isCopied
        ? parts.slice(from % parts.length, (from % parts.length) + length)
        : rest.splice(from % parts.length, length);
      rest.splice(to % (rest.length + 1), 0, ...moved);
      expectSound(Buffer.from(rest.join("")));
    }),
    { numRuns: 400 },
  );
});

test("elements in any nesting are read or refused", () => {
  const names = [
    "Document",
    "BkToCstmrStmt",
    "GrpHdr",
    "Stmt",
    "Ntry",
    "NtryDtls",
    "TxDtls",
    "Amt",
    "CdtDbtInd",
    "Bal",
    "Refs",
    "AppHdr",
    "SplmtryData",
  ];
  const tree = fc.letrec<{ node: string }>((tie) => ({
    node: fc
      .tuple(
        fc.constantFrom(...names),
        fc.oneof({ depthSize: "small" }, fc.constantFrom("", "CRDT", "1.00"), fc.array(tie("node"), { maxLength: 4 })),
      )
      .map(
        ([name, content]) => `<${name} Ccy="EUR">${typeof content === "string" ? content : content.join("")}</${name}>`,
      ),
  })).node;
  fc.assert(
    fc.property(fc.array(tree, { maxLength: 6 }), (nodes) => {
      for (const body of [nodes.join(""), statement(nodes.join("")), statement(entry({ more: nodes.join("") }))]) {
        expectSound(Buffer.from(document({ body })));
      }
    }),
    { numRuns: 200 },
  );
});
