import { describe, expect, test } from "@jest/globals";
import {
  balance,
  document,
  entry,
  entryWith,
  fileOf,
  isoNamespace,
  messageElement,
  statement,
} from "../fixtures/camt-xml.ts";
import { firstStatement, parse, refusalOf, refusedBy } from "../fixtures/read.ts";

const VERSIONS = ["camt.052", "camt.053", "camt.054"].flatMap((kind) =>
  Array.from({ length: 13 }, (_, n) => `${kind}.001.${String(n + 1).padStart(2, "0")}`),
);
const ELEMENTS: Readonly<Record<string, string>> = { "camt.052": "Rpt", "camt.053": "Stmt", "camt.054": "Ntfctn" };

describe("camt versions and namespaces (F84)", () => {
  test.each(VERSIONS)("reads %s", (version) => {
    const element = ELEMENTS[version.slice(0, 8)] ?? "";
    const parsed = parse(document({ version, body: statement(entryWith([""]), element) }));
    expect(parsed.header).toEqual({
      kind: version.slice(0, 8),
      version,
      messageId: "MSG-1",
      created: { text: "2024-03-11T19:47:28+01:00", date: "2024-03-11", instant: "2024-03-11T18:47:28.000Z" },
      businessMessageId: undefined,
    });
    expect(parsed.items[0]?.[0]).toMatchObject({
      index: 0,
      path: `/Document/${messageElement(version)}/${element}[1]/Ntry[1]`,
      entry: { details: [{ direction: "CRDT" }] },
    });
    expect(parsed.statements).toMatchObject([{ id: "STMT-1", counts: { entries: 1, details: 1 } }]);
  });

  const body = statement(entry());

  test("gives the same result for any prefixes, and where they change", () => {
    const plain = document({ body });
    const namespace = isoNamespace("camt.053.001.08");
    const prefixed = plain.replace(/<(\/?)(?=[A-Z])/g, "<$1n:").replace("xmlns=", "xmlns:n=");
    const changing = plain.replace("<Ntry>", `<x:Ntry xmlns:x="${namespace}">`).replace("</Ntry>", "</x:Ntry>");
    const redeclared = plain.replace("<Stmt>", `<Stmt xmlns="${namespace}">`);
    const wrapped = `<e:Env xmlns:e="urn:e" xmlns="${namespace}">${plain.slice(plain.indexOf("<Document")).replace(/ xmlns="[^"]*"/, "")}</e:Env>`;
    for (const file of [prefixed, changing, redeclared]) expect(parse(file)).toEqual(parse(plain));
    expect(parse(wrapped).header).toEqual(parse(plain).header);
    expect(parse(wrapped).statements[0]?.path).toBe("/Env/Document/BkToCstmrStmt/Stmt[1]");
  });

  test("accepts bank-specific elements before the message's name", () => {
    for (const namespace of ["urn:swift:xsd:camt.053.001.02", "ISO:camt.053.001.02", "camt.053.001.02"]) {
      expect(parse(document({ namespace, body })).header.version).toBe("camt.053.001.02");
    }
  });

  test.each(["camt.053.001.14", "camt.053.001.00", "camt.053.002.02", "camt.052.001.99", "camt.053.001.008"])(
    "refuses %s by its name",
    (version) => {
      const refused = refusedBy(document({ namespace: isoNamespace(version), body }));
      expect([refused?.refusal, refused?.message.startsWith(version)]).toEqual(["UNSUPPORTED_VERSION", true]);
    },
  );

  test.each([
    ["a payment", document({ namespace: isoNamespace("pain.001.001.09"), body }), "pain.001.001.09"],
    ["another camt", document({ namespace: isoNamespace("camt.056.001.08"), body }), "camt.056.001.08"],
    ["a page", "<html><body>Not found</body></html>", '"html"'],
    ["no namespace", document({ namespace: "", body }), '""'],
    [
      "a message of another kind",
      document({ body }).replaceAll("BkToCstmrStmt", "BkToCstmrAcctRpt"),
      "BkToCstmrAcctRpt",
    ],
    ["an empty document", `<Document xmlns="${isoNamespace("camt.053.001.08")}"/>`, "empty camt.053.001.08"],
    ["a message without its document", fileOf().replace(/<Document[^>]*>|<\/Document>/g, ""), "BkToCstmrStmt"],
  ])("refuses %s, and names what the file is", (_name, file, word) => {
    const refused = refusedBy(file);
    expect(refused?.refusal).toBe("NOT_CAMT");
    expect(refused?.message).toContain(word);
  });

  test("skips elements of another namespace and supplementary data", () => {
    const foreign = `<x:Ntry xmlns:x="urn:x">${entry()}</x:Ntry><Ntry xmlns="${isoNamespace("camt.053.001.02")}">x</Ntry>`;
    const supplement = `<SplmtryData><Envlp>${entry()}${balance("CLBD", "9.99")}</Envlp></SplmtryData>`;
    const parsed = parse(fileOf(foreign, supplement, entry({ more: supplement }), entry({ amount: "7" })));
    expect(parsed.items[0]?.map((item) => item.entry?.amount.text)).toEqual(["10.00", "7"]);
    expect(parsed.statements[0]?.balances).toEqual([]);
  });

  test("reads no entry in another place (F85)", () => {
    const parsed = parse(
      document({
        body: `${entry()}<Other>${statement(entry())}</Other>${statement(`<Acct>${entry()}</Acct><X>${entry()}</X>`)}`,
      }),
    );
    expect(parsed.items).toEqual([[]]);
  });

  test("refuses a second document or message next to the first (F85)", () => {
    const plain = document({ prolog: "", body });
    expect(refusalOf(`<E>${plain}${plain}</E>`)).toBe("NOT_CAMT");
    const message = plain.slice(plain.indexOf("<BkTo"), plain.indexOf("</Document>"));
    expect(refusalOf(plain.replace(message, message + message))).toBe("NOT_CAMT");
    expect(refusalOf(plain.replace("<Stmt>", "<GrpHdr><MsgId>MSG-2</MsgId></GrpHdr><Stmt>"))).toBe("NOT_CAMT");
  });
});

describe("a camt message", () => {
  test("may be in a business envelope", () => {
    const header =
      '<h:AppHdr xmlns:h="urn:iso:std:iso:20022:tech:xsd:head.001.001.02"><h:BizMsgIdr>BIZ-1</h:BizMsgIdr></h:AppHdr>';
    const parsed = parse(`<Env><Body>${header}${document({ prolog: "", body: statement("") })}</Body></Env>`);
    expect(parsed.header.businessMessageId).toBe("BIZ-1");
    expect(parsed.statements[0]?.path).toBe("/Env/Body/Document/BkToCstmrStmt/Stmt[1]");
  });

  test("may have no statement, and no header", () => {
    const parsed = parse(document({ groupHeader: "", body: "" }));
    expect(parsed).toMatchObject({ header: { messageId: undefined, created: undefined }, statements: [] });
  });

  test("has many statements, each with its position", () => {
    const parsed = parse(document({ body: statement(entry()) + statement("") + statement(entry() + entry()) }));
    expect(parsed.statements.map(({ index, path }) => [index, path.slice(-7)])).toEqual([
      [0, "Stmt[1]"],
      [1, "Stmt[2]"],
      [2, "Stmt[3]"],
    ]);
    expect(parsed.items.map((items) => items.map(({ index }) => index))).toEqual([[0], [], [0, 1]]);
  });

  test("reports a fault of its header with the first statement", () => {
    const parsed = parse(
      document({
        groupHeader: "<MsgId>1</MsgId><MsgId>2</MsgId><CreDtTm>never</CreDtTm>",
        body: statement("") + statement(""),
      }),
    );
    expect(parsed.header).toMatchObject({ messageId: undefined, created: undefined });
    expect(parsed.statements.map(({ faults }) => faults.map(({ path }) => path))).toEqual([
      ["GrpHdr/MsgId[2]", "GrpHdr/CreDtTm"],
      [],
    ]);
  });

  test("with more statements than the limit is refused", () => {
    expect(refusalOf(document({ body: "<Stmt/>".repeat(10_001) }))).toBe("LIMIT_EXCEEDED");
    expect(refusalOf(document({ body: "<Stmt/>".repeat(10_000) }))).toBeUndefined();
  });
});

describe("a camt statement", () => {
  const page = "<StmtPgntn><PgNb>2</PgNb><LastPgInd>false</LastPgInd></StmtPgntn>";
  const account =
    "<Acct><Id><Othr><Id>de89 37040044 0532013000</Id><SchmeNm><Cd>BBAN</Cd></SchmeNm></Othr></Id><Ccy>EUR</Ccy><Nm>Main</Nm><Ownr><Nm>Owner</Nm></Ownr><Svcr><FinInstnId><BIC>DEUTDEFF</BIC></FinInstnId></Svcr></Acct>";
  const head = `${page}<ElctrncSeqNb>0012</ElctrncSeqNb><LglSeqNb>7</LglSeqNb><CreDtTm>2024-03-11T00:00:00Z</CreDtTm><FrToDt><FrDtTm>2024-03-10T00:00:00</FrDtTm><ToDtTm>2024-03-11T00:00:00</ToDtTm></FrToDt><CpyDplctInd>DUPL</CpyDplctInd>${account}`;

  test("has all its own fields", () => {
    expect(firstStatement(document({ body: statement(`${head}<AddtlStmtInf>hello</AddtlStmtInf>`) }))).toMatchObject({
      id: "STMT-1",
      electronicSequence: "0012",
      legalSequence: "7",
      page: { number: "2", isLast: false },
      created: { date: "2024-03-11" },
      from: { date: "2024-03-10" },
      to: { instant: undefined },
      copyDuplicate: "DUPL",
      account: {
        iban: "DE89370400440532013000",
        other: undefined,
        scheme: "BBAN",
        currency: "EUR",
        name: "Main",
        owner: { name: "Owner", identifiers: [] },
        servicer: { bic: "DEUTDEFF" },
      },
      additionalInfo: "hello",
      faults: [],
    });
  });

  test("has the message's page number if it has none", () => {
    const groupHeader = "<MsgPgntn><PgNb>1</PgNb><LastPgInd>true</LastPgInd></MsgPgntn>";
    expect(firstStatement(document({ groupHeader, body: statement("") })).page).toEqual({ number: "1", isLast: true });
    expect(firstStatement(document({ groupHeader, body: statement(page) })).page).toEqual({
      number: "2",
      isLast: false,
    });
    expect(firstStatement(fileOf()).page).toBeUndefined();
  });

  test("may have its parts in any order", () => {
    const parts = [head, balance("OPBD", "1.00"), entry(), balance("CLBD", "11.00")];
    expect(firstStatement(document({ body: statement(parts.toReversed().join("")) }))).toEqual({
      ...firstStatement(document({ body: statement(parts.join("")) })),
      balances: firstStatement(document({ body: statement(parts.toReversed().join("")) })).balances,
    });
  });

  test("keeps a balance without a sign as an assumed credit, and a negative one as it is", () => {
    const { balances } = firstStatement(
      document({ body: statement(balance("OPBD", "1.50", "") + balance("CLBD", "2", "<CdtDbtInd>DBIT</CdtDbtInd>")) }),
    );
    expect(balances).toMatchObject([
      {
        code: "OPBD",
        direction: "CRDT",
        isDirectionAssumed: true,
        amount: { units: 150n },
        date: { date: "2024-03-11" },
      },
      { code: "CLBD", direction: "DBIT", isDirectionAssumed: false },
    ]);
  });

  test("has balance codes in all three forms", () => {
    const amount = '<Amt Ccy="EUR">1</Amt>';
    const types = [
      "<CdOrPrtry><Cd>OPBD</Cd></CdOrPrtry>",
      "<CdOrPrtry><Prtry>OWN</Prtry></CdOrPrtry>",
      "<Cd>OPBD</Cd>",
    ];
    const read = firstStatement(
      document({ body: statement(types.map((type) => `<Bal><Tp>${type}</Tp>${amount}</Bal>`).join("")) }),
    );
    expect(read.balances.map(({ code }) => code)).toEqual(["OPBD", "OWN", "OPBD"]);
  });

  test("leaves out faulty parts, and reports them", () => {
    const summary = "<TxsSummry><TtlNtries><Sum>1,0</Sum></TtlNtries></TxsSummry>";
    const parts = `${balance("OPBD", "1,00")}${balance("CLBD", "1.00", "<CdtDbtInd>X</CdtDbtInd>")}${balance("CLAV", "3.00")}<Bal/>${summary}<CreDtTm>2023-02-30T00:00:00Z</CreDtTm><Id>2</Id>`;
    const read = firstStatement(document({ body: statement(parts) }));
    expect(read.balances.map(({ code }) => code)).toEqual(["CLAV"]);
    expect(read.faults.map(({ path }) => path).sort()).toEqual([
      "Bal[1]/Amt",
      "Bal[2]/CdtDbtInd",
      "Bal[4]/Tp",
      "CreDtTm",
      "Id",
      "TxsSummry/TtlNtries/Sum",
    ]);
    expect([read.id, read.summary, read.created]).toEqual([undefined, undefined, undefined]);
  });

  test.each([
    ["to .02", "<TtlNetNtryAmt>5.00</TtlNetNtryAmt><CdtDbtInd>DBIT</CdtDbtInd>"],
    ["from .03", "<TtlNetNtry><Amt>5.00</Amt><CdtDbtInd>DBIT</CdtDbtInd></TtlNetNtry>"],
  ])("has its summary as it is written %s (F84)", (_versions, net) => {
    const part = (name: string, more = "") => `<${name}><NbOfNtries>02</NbOfNtries><Sum>15.00</Sum>${more}</${name}>`;
    const written = `<TxsSummry>${part("TtlNtries", net)}${part("TtlCdtNtries")}${part("TtlDbtNtries")}</TxsSummry>`;
    const sum = { count: "02", sum: { units: 1500n, scale: 2 } };
    expect(firstStatement(document({ body: statement(written) })).summary).toEqual({
      all: sum,
      credits: sum,
      debits: sum,
      net: { units: -500n, scale: 2 },
    });
  });
});

describe("a control total", () => {
  const summaryOf = (parts: string) =>
    firstStatement(document({ body: statement(`<TxsSummry>${parts}</TxsSummry>`) })).summary;

  test("C35: is read with the sign that is written", () => {
    const summary = summaryOf(
      "<TtlNtries><Sum>+1.50</Sum></TtlNtries><TtlCdtNtries><Sum>-0.5</Sum></TtlCdtNtries><TtlDbtNtries><NbOfNtries>2</NbOfNtries><Sum>-15.58</Sum></TtlDbtNtries>",
    );
    expect(summary).toMatchObject({
      all: { sum: { units: 150n, scale: 2 } },
      credits: { sum: { units: -5n, scale: 1 } },
      debits: { count: "2", sum: { units: -1558n, scale: 2 } },
    });
  });

  test.each([
    ["<TtlNetNtry><Amt>-5.0</Amt></TtlNetNtry>", { units: -50n, scale: 1 }],
    ["<TtlNetNtry><Amt>-5.0</Amt><CdtDbtInd>DBIT</CdtDbtInd></TtlNetNtry>", { units: -50n, scale: 1 }],
    ["<TtlNetNtry><Amt>5.0</Amt><CdtDbtInd>CRDT</CdtDbtInd></TtlNetNtry>", { units: 50n, scale: 1 }],
    ["<TtlNetNtryAmt>5.0</TtlNetNtryAmt>", { units: 50n, scale: 1, isUnsigned: true }],
  ])("C35: %s is a net amount with its sign", (net, expected) => {
    expect(summaryOf(`<TtlNtries>${net}</TtlNtries>`)?.net).toEqual(expected);
  });
});

describe("totals of entries", () => {
  test("are exact, by currency, over the entries that are booked or without status", () => {
    const entries = [
      entry({ amount: "0.10", status: "BOOK", more: "<BookgDt><Dt>2024-03-12</Dt></BookgDt>" }),
      entry({ amount: "0.205", direction: "DBIT", more: "<BookgDt><Dt>2024-03-10</Dt></BookgDt>" }),
      entry({
        amount: "99999999999999999.99",
        status: "<Cd>PDNG</Cd>",
        more: "<BookgDt><Dt>2024-01-01</Dt></BookgDt>",
      }),
      entry({ amount: "7", currency: "JPY", status: "<Prtry>BOOK</Prtry>" }),
      entry({ amount: "x", status: "BOOK" }),
    ];
    const read = firstStatement(fileOf(...entries));
    expect(read.totals).toEqual([
      {
        currency: "EUR",
        scale: 3,
        net: -105n,
        credits: { count: 1, units: 100n },
        debits: { count: 1, units: 205n },
      },
      { currency: "JPY", scale: 0, net: 7n, credits: { count: 1, units: 7n }, debits: { count: 0, units: 0n } },
    ]);
    expect(read.counts).toMatchObject({ entries: 5, faulty: 1, byStatus: { BOOK: 2, "": 1, PDNG: 1 } });
    expect([read.firstBooked, read.lastBooked]).toEqual(["2024-03-10", "2024-03-12"]);
  });

  test("count a status that is named like a property of every object", () => {
    const { byStatus } = firstStatement(
      fileOf(entry({ status: "__proto__" }), entry({ status: "constructor" })),
    ).counts;
    expect(Object.entries(byStatus)).toEqual([
      ["__proto__", 1],
      ["constructor", 1],
    ]);
  });

  const part = (amount: string, direction = "", currency = "EUR") =>
    `<Amt Ccy="${currency}">${amount}</Amt>${direction}`;
  const against = "<CdtDbtInd>DBIT</CdtDbtInd>";

  test.each<readonly [string, readonly string[], "detailsEqual" | "detailsDiffer" | "detailsNone"]>([
    ["one as large", [part("10")], "detailsEqual"],
    ["two with other scales", [part("9.5"), part("0.500")], "detailsEqual"],
    ["one against the entry", [part("10.35"), part("0.35", against)], "detailsEqual"],
    ["too little", [part("9.99")], "detailsDiffer"],
    ["the same, but against it", [part("10", against)], "detailsDiffer"],
    ["one without an amount", [part("10"), ""], "detailsNone"],
    ["one in another currency", [part("10"), part("0", "", "SEK")], "detailsNone"],
    ["another currency", [part("10", "", "SEK")], "detailsNone"],
    ["none", [], "detailsNone"],
  ])("compare details with their entry: %s", (_name, details, comparison) => {
    const { counts } = firstStatement(fileOf(entryWith(details)));
    expect(counts).toMatchObject({
      detailsEqual: 0,
      detailsDiffer: 0,
      detailsNone: 0,
      details: details.length,
      [comparison]: 1,
    });
  });

  test("are the same when entries are not requested", () => {
    const file = fileOf(entry({ status: "BOOK" }), entryWith([part("10")]), entry({ amount: "x" }));
    const parsed = parse(file, { entries: false });
    expect(parsed.items).toEqual([[]]);
    expect(parsed.statements).toEqual(parse(file).statements);
  });
});
