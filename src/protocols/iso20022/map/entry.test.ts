import { describe, expect, test } from "@jest/globals";
import { document, entry, entryWith, fileOf, statement } from "../fixtures/camt-xml.ts";
import { firstEntry, firstFault, parse } from "../fixtures/read.ts";

const entryOf = (more: string) => firstEntry(fileOf(entry({ more })));
const faultOf = (more: string) => firstFault(fileOf(entry({ more })));
const detailOf = (content: string) => {
  const [detail] = firstEntry(fileOf(entryWith([content]))).details;
  if (detail === undefined) throw new Error("no detail");
  return detail;
};

describe("camt amounts (F83)", () => {
  test("keep every digit, and drop the white space around them", () => {
    expect(firstEntry(fileOf(entry({ amount: "\n 123456789012345678.12345\t", currency: "XAU" }))).amount).toEqual({
      units: 12345678901234567812345n,
      scale: 5,
      currency: "XAU",
      text: "123456789012345678.12345",
    });
    expect(firstEntry(fileOf(entry({ amount: "2700", currency: "JPY" }))).amount.scale).toBe(0);
    expect(firstEntry(fileOf(entry({ amount: "1.234", currency: "BHD" }))).amount.units).toBe(1234n);
  });

  test.each(["1,000.00", "-5.00", "+5.00", "1e5", "", "1 000", "10.00EUR", "0x10"])(
    "%j is a fault of the entry",
    (amount) => {
      expect(firstFault(fileOf(entry({ amount })))).toEqual({
        path: "Amt",
        problem: `must be a decimal number, got ${JSON.stringify(amount)}`,
      });
    },
  );

  test("without a currency are a fault, and so are those with a code that is not three letters", () => {
    const without = "<Ntry><Amt>1</Amt><CdtDbtInd>CRDT</CdtDbtInd></Ntry>";
    expect(firstFault(fileOf(without))).toEqual({ path: "Amt/@Ccy", problem: "must have a currency" });
    for (const currency of ["eur", "EURO", "", "978", " EUR"]) {
      expect(firstFault(fileOf(entry({ currency }))).path).toBe("Amt/@Ccy");
    }
  });

  test("are complete where comments, CDATA sections and instructions split them (F85)", () => {
    for (const amount of ["10<!-- x -->0", "1<![CDATA[00]]>", "<?x y?>100", "1&#48;0", "10<!--a--><!--b-->0"]) {
      expect(firstEntry(fileOf(entry({ amount }))).amount).toEqual({
        units: 100n,
        scale: 0,
        currency: "EUR",
        text: "100",
      });
    }
  });

  test("with elements in them are a fault, also with elements of another namespace (F85)", () => {
    for (const amount of ["10<b/>0", '10<x:b xmlns:x="urn:x"/>0', "10<SplmtryData>5</SplmtryData>0"]) {
      expect(firstFault(fileOf(entry({ amount })))).toEqual({ path: "Amt", problem: "must be text, got elements" });
    }
  });

  test("that occur twice are a fault: neither is chosen (F85)", () => {
    expect(faultOf('<Amt Ccy="EUR">99.00</Amt>')).toEqual({ path: "Amt[2]", problem: "must occur once" });
  });

  test("faults do not quote long text", () => {
    expect(firstFault(fileOf(entry({ amount: "Name of a person ".repeat(9) }))).problem.length).toBeLessThan(70);
  });
});

describe("a camt entry", () => {
  test("must be a credit or a debit", () => {
    expect(firstFault(fileOf(entry({ direction: "FOOBAR" })))).toEqual({
      path: "CdtDbtInd",
      problem: 'must be CRDT or DBIT, got "FOOBAR"',
    });
    expect(firstFault(fileOf('<Ntry><Amt Ccy="EUR">1</Amt></Ntry>'))).toEqual({
      path: "CdtDbtInd",
      problem: "must be present",
    });
    expect(firstFault(fileOf("<Ntry><CdtDbtInd>CRDT</CdtDbtInd></Ntry>"))).toEqual({
      path: "Amt",
      problem: "must be present",
    });
  });

  test("keeps its direction when it is a reversal", () => {
    for (const [written, isReversal] of [
      ["true", true],
      ["1", true],
      ["false", false],
      ["0", false],
    ] as const) {
      const read = firstEntry(fileOf(entry({ direction: "DBIT", more: `<RvslInd>${written}</RvslInd>` })));
      expect([read.direction, read.isReversal]).toEqual(["DBIT", isReversal]);
    }
    expect(faultOf("<RvslInd>yes</RvslInd>").path).toBe("RvslInd");
  });

  test("has its status in one of three places", () => {
    for (const status of ["BOOK", "<Cd>BOOK</Cd>", "<Prtry>BOOK</Prtry>", "\n <Cd> BOOK </Cd>\n"]) {
      expect(firstEntry(fileOf(entry({ status }))).status).toBe("BOOK");
    }
    expect(firstEntry(fileOf(entry())).status).toBeUndefined();
  });

  test("has dates, times, or the original text", () => {
    for (const written of ["<Dt>2024-03-11</Dt>", "2024-03-11", "\n  2024-03-11  "]) {
      const { bookingDate, valueDate } = entryOf(
        `<BookgDt>${written}</BookgDt><ValDt><DtTm>2024-03-11T23:30:00-02:00</DtTm></ValDt>`,
      );
      expect(bookingDate).toEqual({ text: "2024-03-11", date: "2024-03-11", instant: undefined });
      expect(valueDate?.instant).toBe("2024-03-12T01:30:00.000Z");
    }
    expect(entryOf("<BookgDt><Dt>2014-12-31+01:00</Dt></BookgDt>").bookingDate?.date).toBe("2014-12-31");
  });

  test("with a date that does not exist is a fault", () => {
    expect(faultOf("<BookgDt><Dt>2023-02-30</Dt></BookgDt>")).toEqual({
      path: "BookgDt/Dt",
      problem: 'must be a date or a time that exists, got "2023-02-30"',
    });
    expect(faultOf("<ValDt>31.12.2023</ValDt>").path).toBe("ValDt");
  });

  test("keeps its references as text, with leading zeros (F83)", () => {
    const read = entryOf(
      "<NtryRef>0001</NtryRef><AcctSvcrRef>1e5</AcctSvcrRef><AddtlNtryInf> two\nlines </AddtlNtryInf>",
    );
    expect([read.entryReference, read.accountServicerReference]).toEqual(["0001", "1e5"]);
    expect(entryOf("<NtryRef>notprovided</NtryRef>").entryReference).toBeUndefined();
  });

  test("has its transaction code, in both forms", () => {
    const written =
      "<BkTxCd><Domn><Cd>PMNT</Cd><Fmly><Cd>RCDT</Cd><SubFmlyCd>ESCT</SubFmlyCd></Fmly></Domn><Prtry><Cd>NTRF</Cd><Issr>DK</Issr></Prtry></BkTxCd>";
    expect(entryOf(written).code).toEqual({
      domain: "PMNT",
      family: "RCDT",
      subfamily: "ESCT",
      proprietary: "NTRF",
      issuer: "DK",
    });
  });

  test("has charges as records, or in the form before .03", () => {
    const amount = '<Amt Ccy="EUR">0.35</Amt>';
    const record = `<Rcrd>${amount}<CdtDbtInd>DBIT</CdtDbtInd><ChrgInclInd>true</ChrgInclInd><Tp><Prtry><Id>FEE</Id></Prtry></Tp></Rcrd>`;
    const [newer] = entryOf(`<Chrgs><TtlChrgsAndTaxAmt Ccy="EUR">0.35</TtlChrgsAndTaxAmt>${record}</Chrgs>`).charges;
    expect(newer).toMatchObject({ amount: { text: "0.35" }, direction: "DBIT", isIncluded: true, type: "FEE" });
    const older = entryOf(`<Chrgs>${amount}<Tp><Cd>BRKF</Cd></Tp></Chrgs><Chrgs>${amount}</Chrgs>`).charges;
    expect(older.map(({ type, direction }) => [type, direction])).toEqual([
      ["BRKF", undefined],
      [undefined, undefined],
    ]);
    expect(faultOf("<Chrgs><Rcrd/></Chrgs>").path).toBe("Chrgs/Rcrd/Amt");
  });

  test("has amounts with their exchange, whose rate is text", () => {
    const exchange =
      "<CcyXchg><SrcCcy>USD</SrcCcy><TrgtCcy>EUR</TrgtCcy><UnitCcy>USD</UnitCcy><XchgRate>0.910</XchgRate></CcyXchg>";
    const written = `<InstdAmt><Amt Ccy="USD">11.00</Amt>${exchange}</InstdAmt><PrtryAmt><Tp>X</Tp><Amt Ccy="EUR">1</Amt></PrtryAmt><PrtryAmt><Tp>Y</Tp><Amt Ccy="EUR">2</Amt></PrtryAmt>`;
    const { amounts } = entryOf(`<AmtDtls>${written}</AmtDtls>`);
    expect(amounts.map(({ name, amount }) => `${name} ${amount.text}`)).toEqual([
      "InstdAmt 11.00",
      "PrtryAmt 1",
      "PrtryAmt 2",
    ]);
    expect(amounts[0]?.exchange).toEqual({
      sourceCurrency: "USD",
      targetCurrency: "EUR",
      unitCurrency: "USD",
      rate: "0.910",
    });
    expect(faultOf('<AmtDtls><TxAmt><Amt Ccy="EUR">x</Amt></TxAmt></AmtDtls>').path).toBe("AmtDtls/TxAmt/Amt");
  });

  test("has the batches of all its details", () => {
    const batch = (id: string) =>
      `<NtryDtls><Btch><MsgId>${id}</MsgId><PmtInfId>P</PmtInfId><NbOfTxs>02</NbOfTxs><TtlAmt Ccy="EUR">1.0</TtlAmt><CdtDbtInd>DBIT</CdtDbtInd></Btch></NtryDtls>`;
    const { batches } = entryOf(batch("A") + batch("B"));
    expect(batches.map(({ messageId }) => messageId)).toEqual(["A", "B"]);
    expect(batches[0]).toMatchObject({
      paymentInformationId: "P",
      count: "02",
      total: { text: "1.0" },
      direction: "DBIT",
    });
  });
});

describe("a camt detail", () => {
  test("has its own amount, else that of the transaction, else the instructed one", () => {
    const named = (name: string, value: string) => `<${name}><Amt Ccy="EUR">${value}</Amt></${name}>`;
    const details = `<AmtDtls>${named("InstdAmt", "3")}${named("TxAmt", "2")}</AmtDtls>`;
    expect(detailOf(`<Amt Ccy="EUR">1</Amt>${details}`)).toMatchObject({ amount: { text: "1" }, amountFrom: "Amt" });
    expect(detailOf(details)).toMatchObject({ amount: { text: "2" }, amountFrom: "TxAmt" });
    expect(detailOf(`<AmtDtls>${named("InstdAmt", "3")}</AmtDtls>`)).toMatchObject({
      amount: { text: "3" },
      amountFrom: "InstdAmt",
    });
    expect(detailOf("")).toMatchObject({ amount: undefined, amountFrom: undefined });
  });

  test("has its own direction, else the entry's, in any element order", () => {
    expect(detailOf("<CdtDbtInd>DBIT</CdtDbtInd>").direction).toBe("DBIT");
    expect(detailOf("").direction).toBe("CRDT");
    const late = "<Ntry><NtryDtls><TxDtls/></NtryDtls><CdtDbtInd>DBIT</CdtDbtInd><Amt Ccy='EUR'>1</Amt></Ntry>";
    expect(firstEntry(fileOf(late)).details[0]?.direction).toBe("DBIT");
  });

  test("has its references by name, without those that are not provided", () => {
    const refs =
      "<AcctSvcrRef>1</AcctSvcrRef><EndToEndId>NOTPROVIDED</EndToEndId><InstrId>NotProvided</InstrId><UETR>8a562c67-ca16-48ba-b074-65581be6f001</UETR><TxId> 007 </TxId><MndtId/><Prtry><Tp>Seq</Tp><Ref>100</Ref></Prtry><Prtry><Tp>X</Tp><Ref>NOTPROVIDED</Ref></Prtry>";
    expect(detailOf(`<Refs>${refs}</Refs>`).references).toEqual([
      { name: "AcctSvcrRef", value: "1" },
      { name: "UETR", value: "8a562c67-ca16-48ba-b074-65581be6f001" },
      { name: "TxId", value: "007" },
      { name: "Prtry:Seq", value: "100" },
    ]);
  });

  test("with a fault makes the entry faulty, and the fault has its path (F85)", () => {
    const good = '<Amt Ccy="EUR">5</Amt>';
    expect(firstFault(fileOf(entryWith([good, good, '<Amt Ccy="EUR">1,0</Amt>']))).path).toBe(
      "NtryDtls[1]/TxDtls[3]/Amt",
    );
    const twice = "<Refs><EndToEndId>1</EndToEndId><EndToEndId>2</EndToEndId></Refs>";
    expect(faultOf(`<NtryDtls/><NtryDtls><TxDtls>${twice}</TxDtls></NtryDtls>`)).toEqual({
      path: "NtryDtls[2]/TxDtls[1]/Refs/EndToEndId[2]",
      problem: "must occur once",
    });
  });

  test.each([
    ["to .07", (party: string) => party],
    ["from .08", (party: string) => `<Pty>${party}</Pty>`],
  ])("has its parties as they are written %s (F84)", (_versions, wrap) => {
    const id =
      "<Id><OrgId><AnyBIC>DEUTDEFF</AnyBIC><LEI>529900T8BM49AURSDO55</LEI><Othr><Id>42</Id><Issr>X</Issr></Othr></OrgId></Id>";
    const parties = `<Dbtr>${wrap(`<Nm>Jan</Nm>${id}`)}</Dbtr><DbtrAcct><Id><IBAN>nl91 abna 0417 1643 00</IBAN></Id></DbtrAcct><UltmtDbtr>${wrap("<Nm>Ann</Nm>")}</UltmtDbtr><Cdtr>${wrap("<Id><PrvtId><Othr><Id>7</Id></Othr></PrvtId></Id>")}</Cdtr><CdtrAcct><Id><Othr><Id>0012</Id></Othr></Id></CdtrAcct>`;
    const { debtor, creditor } = detailOf(`<RltdPties>${parties}</RltdPties>`);
    expect(debtor).toEqual({
      party: {
        name: "Jan",
        identifiers: [
          { name: "AnyBIC", value: "DEUTDEFF" },
          { name: "LEI", value: "529900T8BM49AURSDO55" },
          { name: "Othr/Id", value: "42" },
        ],
      },
      account: { iban: "NL91ABNA0417164300", other: undefined },
      agent: undefined,
      ultimate: { name: "Ann", identifiers: [] },
    });
    expect(creditor.party?.identifiers).toEqual([{ name: "Othr/Id", value: "7" }]);
    expect(creditor.account).toEqual({ iban: undefined, other: "0012" });
  });

  test("may have an agent as a party, from .08 on", () => {
    const party = detailOf(
      "<RltdPties><Cdtr><Agt><FinInstnId><BICFI>DEUTDEFF</BICFI><Nm>Bank</Nm></FinInstnId></Agt></Cdtr></RltdPties>",
    ).creditor.party;
    expect(party).toEqual({ name: "Bank", identifiers: [{ name: "BICFI", value: "DEUTDEFF" }] });
  });

  test.each(["BIC", "BICFI"])("has its agents by %s (F84)", (name) => {
    const agent = `<FinInstnId><${name}>DEUTDEFF</${name}><ClrSysMmbId><MmbId>100</MmbId></ClrSysMmbId><Nm>Bank</Nm></FinInstnId>`;
    const { debtor, creditor } = detailOf(`<RltdAgts><DbtrAgt>${agent}</DbtrAgt></RltdAgts>`);
    expect(debtor.agent).toEqual({ bic: "DEUTDEFF", name: "Bank", clearingMember: "100" });
    expect(creditor.agent).toBeUndefined();
  });

  test("has its remittance as it is written", () => {
    const structured =
      "<Strd><RfrdDocInf><Nb>INV-1</Nb></RfrdDocInf><RfrdDocInf><Nb>INV-2</Nb></RfrdDocInf><CdtrRefInf><Tp><CdOrPrtry><Cd>SCOR</Cd></CdOrPrtry><Issr>BBA</Issr></Tp><Ref>RF18539007547034</Ref></CdtrRefInf><AddtlRmtInf>more</AddtlRmtInf></Strd>";
    const read = detailOf(`<RmtInf><Ustrd> one </Ustrd><Ustrd>t<!-- x -->wo</Ustrd>${structured}</RmtInf>`).remittance;
    expect(read).toEqual({
      unstructured: [" one ", "two"],
      creditorReferences: [{ value: "RF18539007547034", type: "SCOR", issuer: "BBA" }],
      additional: ["INV-1", "INV-2", "more"],
    });
  });

  test("has its return reason, and the original transaction", () => {
    const code = "<OrgnlBkTxCd><Prtry><Cd>NTRF</Cd></Prtry></OrgnlBkTxCd>";
    const newer = detailOf(
      `<Purp><Cd>SALA</Cd></Purp><RtrInf>${code}<Rsn><Cd>AC04</Cd></Rsn><AddtlInf>closed</AddtlInf></RtrInf>`,
    );
    expect(newer.returned).toMatchObject({
      code: "AC04",
      additional: ["closed"],
      originalCode: { proprietary: "NTRF" },
    });
    expect(newer.purpose).toBe("SALA");
    const older = detailOf("<RtrInf><RtrRsn><Prtry>X1</Prtry></RtrRsn><AddtlRtrRsnInf>a</AddtlRtrRsnInf></RtrInf>");
    expect(older.returned).toMatchObject({ code: undefined, proprietary: "X1", additional: ["a"] });
  });
});

describe("the first camt version (F84)", () => {
  test("has details and batches directly in the entry, and other element names", () => {
    const remittance =
      "<RmtInf><Strd><RfrdDocInf><RfrdDocNb>INV-1</RfrdDocNb></RfrdDocInf><CdtrRefInf><CdtrRefTp><Cd>SCOR</Cd></CdtrRefTp><CdtrRef>RF1</CdtrRef></CdtrRefInf></Strd></RmtInf>";
    const agents =
      "<RltdAgts><DbtrAgt><FinInstnId><CmbndId><BIC>DEUTDEFF</BIC><Nm>Bank</Nm></CmbndId></FinInstnId></DbtrAgt></RltdAgts>";
    const account = "<RltdPties><CdtrAcct><Id><PrtryAcct><Id>0099</Id></PrtryAcct></Id></CdtrAcct></RltdPties>";
    const more = `<Btch><NbOfTxs>2</NbOfTxs></Btch><TxDtls>${account}${agents}${remittance}</TxDtls><TxDtls><Amt Ccy="EUR">x</Amt></TxDtls>`;
    const fine = document({ version: "camt.053.001.01", body: statement(entry({ more: more.replace(">x<", ">1<") })) });
    const read = firstEntry(fine);
    expect(read.batches[0]?.count).toBe("2");
    expect(read.details).toHaveLength(2);
    expect(read.details[0]).toMatchObject({
      creditor: { account: { other: "0099" } },
      debtor: { agent: { bic: "DEUTDEFF", name: "Bank" } },
      remittance: { creditorReferences: [{ value: "RF1", type: "SCOR" }], additional: ["INV-1"] },
    });
    const faulty = document({ version: "camt.053.001.01", body: statement(entry({ more })) });
    expect(firstFault(faulty).path).toBe("TxDtls[2]/Amt");
    expect(parse(faulty).statements[0]?.counts).toMatchObject({ entries: 1, faulty: 1, details: 0 });
  });
});
