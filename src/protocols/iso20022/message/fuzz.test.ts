import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { CamtRefused } from "../camt.ts";
import { balance, document, entry, entryWith, statement } from "../fixtures/camt-xml.ts";
import { parse, type ParseOptions, type Told } from "../fixtures/read.ts";

/** A file with a bit of everything, and characters of one to four bytes. */
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

/** What was told, or why nothing was; any other error is a failure. */
function outcome(file: Uint8Array, options?: ParseOptions): Told | string {
  try {
    return parse(file, options);
  } catch (reason) {
    if (reason instanceof CamtRefused) return reason.refusal;
    throw reason;
  }
}

test("tells the same wherever the bytes are split (F84)", () => {
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

/** Totals that follow from the entries that were told, and nothing else. */
function expectConsistent(told: Told): void {
  for (const { index, totals, counts } of told.statements) {
    const items = told.items[index] ?? [];
    const entries = items.flatMap((item) => (item.entry === undefined ? [] : [item.entry]));
    const booked = entries.filter(({ status }) => status === undefined || status === "BOOK");
    expect(items.map((item) => item.index)).toEqual(items.map((_item, at) => at));
    expect([counts.entries, counts.faulty]).toEqual([items.length, items.length - entries.length]);
    expect(counts.detailsEqual + counts.detailsDiffer + counts.detailsNone).toBe(entries.length);
    expect(counts.details).toBe(entries.reduce((sum, { details }) => sum + details.length, 0));
    expect(Object.values(counts.byStatus).reduce((sum, count) => sum + count, 0)).toBe(entries.length);
    for (const { currency, scale, booked: sum, credits, debits } of totals) {
      const own = booked.filter(({ amount }) => amount.currency === currency);
      const signed = own.map(({ amount, direction }) => {
        const units = amount.units * 10n ** BigInt(scale - amount.scale);
        return direction === "CRDT" ? units : -units;
      });
      expect(signed.reduce((total, units) => total + units, 0n)).toBe(sum);
      expect(credits.count + debits.count).toBe(own.length);
    }
  }
}

/** Never a crash, and the same answer however it is cut: but of two reasons to refuse, either may be seen first. */
function expectSound(file: Uint8Array): void {
  const told = outcome(file);
  const inPieces = outcome(file, { chunkBytes: 7 });
  const refused = typeof told === "string" && typeof inPieces === "string";
  expect(refused ? told : inPieces).toEqual(told);
  if (typeof told !== "string") expectConsistent(told);
}

test("refuses every file that is cut off, at any byte (F80)", () => {
  const bytes = Buffer.from(SAMPLE);
  for (let at = 0; at < bytes.length; at++) expect(typeof outcome(bytes.subarray(0, at))).toBe("string");
});

test("tells or refuses a file with bytes changed (F80)", () => {
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

test("tells or refuses a file with its parts in another order, missing or repeated (F85)", () => {
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

test("tells or refuses elements in any nesting", () => {
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
