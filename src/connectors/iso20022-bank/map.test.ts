import { expect, test } from "@jest/globals";
import type { FileMessage } from "../../connector-api/files.ts";
import { bankFiles } from "./files.ts";
import { bankConfig } from "./config.ts";

const ENTRY = `<Ntry><NtryRef>1</NtryRef><Amt Ccy="EUR">100.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts>
<BookgDt><DtTm>2024-03-01T23:30:00-11:00</DtTm></BookgDt><ValDt><Dt>2024-03-02</Dt></ValDt><AcctSvcrRef>0012345</AcctSvcrRef>
<BkTxCd><Domn><Cd>PMNT</Cd><Fmly><Cd>RCDT</Cd><SubFmlyCd>ESCT</SubFmlyCd></Fmly></Domn></BkTxCd>
<NtryDtls><Btch><PmtInfId>BATCH-1</PmtInfId><NbOfTxs>1</NbOfTxs></Btch><TxDtls>
<Refs><EndToEndId>E2E-1</EndToEndId><UETR>0af76519-16cd-43dd-8448-eb211c80319c</UETR></Refs>
<Amt Ccy="EUR">100.00</Amt><CdtDbtInd>CRDT</CdtDbtInd>
<AmtDtls><InstdAmt><Amt Ccy="USD">108.50</Amt><CcyXchg><SrcCcy>USD</SrcCcy><TrgtCcy>EUR</TrgtCcy><XchgRate>1.0850</XchgRate></CcyXchg></InstdAmt></AmtDtls>
<Chrgs><Rcrd><Amt Ccy="USD">1.00</Amt><CdtDbtInd>DBIT</CdtDbtInd><ChrgInclInd>true</ChrgInclInd></Rcrd></Chrgs>
<RltdPties><Dbtr><Pty><Nm>Ada Müller</Nm></Pty></Dbtr><DbtrAcct><Id><IBAN>DE89370400440532013000</IBAN></Id></DbtrAcct><Cdtr><Pty><Nm>Us</Nm></Pty></Cdtr></RltdPties>
<RltdAgts><DbtrAgt><FinInstnId><BICFI>DEUTDEFF</BICFI></FinInstnId></DbtrAgt></RltdAgts>
<RmtInf><Ustrd>Invoice 17</Ustrd><Strd><CdtrRefInf><Tp><CdOrPrtry><Cd>SCOR</Cd></CdOrPrtry></Tp><Ref>RF18539007547034</Ref></CdtrRefInf></Strd></RmtInf>
<RtrInf><Rsn><Cd>AC04</Cd></Rsn></RtrInf></TxDtls></NtryDtls></Ntry>`;
const file = (entries: string): string =>
  `<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt><GrpHdr><MsgId>M</MsgId><CreDtTm>2024-03-02T06:00:00Z</CreDtTm></GrpHdr><Stmt><Id>S</Id><Acct><Id><Othr><Id>DE89 3704 0044 0532 0130 00</Id></Othr></Id></Acct>${entries}</Stmt></BkToCstmrStmt></Document>`;

async function read(xml: string): Promise<readonly FileMessage[]> {
  // oxlint-disable-next-line typescript/require-await -- a stream of existing values
  const bytes = (async function* () {
    yield Buffer.from(xml);
  })();
  const signal = AbortSignal.timeout(10_000);
  return Array.fromAsync(bankFiles.read({ config: bankConfig.parse({}), bytes, entries: true, signal }));
}

async function entryOf(xml: string) {
  const [message] = await read(file(xml));
  const [item] = message?.type === "entries" ? message.items : [];
  return item?.entry;
}

test("an entry with every field that a bank can state", async () => {
  const entry = await entryOf(ENTRY);
  const money = (minor: bigint, currency: string) => ({ minor, exponent: 2, currency });
  const instructed = {
    name: "InstdAmt",
    money: money(10_850n, "USD"),
    exchange: { sourceCurrency: "USD", targetCurrency: "EUR", rate: "1.0850" },
  };
  expect(entry).toMatchObject({
    direction: "CREDIT",
    amount: money(10_000n, "EUR"),
    isReversal: false,
    status: "BOOKED",
    rawStatus: "BOOK",
    booked: { date: "2024-03-01", time: "2024-03-01T23:30:00-11:00" }, // a UTC offset never changes the day
    valued: { date: "2024-03-02", time: undefined },
    code: { domain: "PMNT", family: "RCDT", subfamily: "ESCT" },
    references: [
      { scheme: "acctSvcrRef", value: "0012345" },
      { scheme: "ntryRef", value: "1" },
      { scheme: "endToEndId", value: "E2E-1" },
      { scheme: "uetr", value: "0af76519-16cd-43dd-8448-eb211c80319c" },
    ],
    counterparty: {
      name: "Ada Müller",
      identifiers: [],
      account: { scheme: "iban", value: "DE89370400440532013000" },
      bic: "DEUTDEFF",
    },
    remittance: "Invoice 17",
    creditorReference: "RF18539007547034",
    returnReason: { code: "AC04", additional: [] },
    amounts: [instructed],
    charges: [{ money: money(100n, "USD"), direction: "DEBIT", isIncluded: true }],
    batches: [{ paymentInformationId: "BATCH-1", count: "1" }],
    detailsMatch: "EQUAL",
  });
  expect(entry?.details).toMatchObject([{ direction: "CREDIT", amount: money(10_000n, "EUR"), amountFrom: "Amt" }]);
});

test("the counterparty of a debit is the creditor, and that of a reversed credit stays the payer", async () => {
  const debit = ENTRY.replaceAll("<CdtDbtInd>CRDT<", "<CdtDbtInd>DBIT<");
  const reversed = debit.replace("<Sts>", "<RvslInd>true</RvslInd><Sts>");
  expect([(await entryOf(debit))?.isReversal, (await entryOf(reversed))?.isReversal]).toEqual([false, true]);
  expect([(await entryOf(debit))?.counterparty?.name, (await entryOf(reversed))?.counterparty?.name]).toEqual([
    "Us",
    "Ada Müller",
  ]);
});

test.each([
  ["60.00", "40.00", "EQUAL"],
  ["60.00", "39.99", "DIFFER"],
  ["140.00", "-40.00", "EQUAL"], // a fee that was deducted
  ["60.00", "-40.00", "DIFFER"],
])("details of %s and %s compared with an entry of 100.00: %s", async (one, other, match) => {
  const detail = (amount: string) =>
    `<TxDtls><Amt Ccy="EUR">${amount.replace("-", "")}</Amt><CdtDbtInd>${amount.startsWith("-") ? "CRDT" : "DBIT"}</CdtDbtInd></TxDtls>`;
  const entry = `<Ntry><Amt Ccy="EUR">100.00</Amt><CdtDbtInd>DBIT</CdtDbtInd><NtryDtls>${detail(one)}${detail(other)}</NtryDtls></Ntry>`;
  expect(await entryOf(entry)).toMatchObject({
    detailsMatch: match,
    status: "BOOKED",
    rawStatus: "",
    counterparty: undefined,
  });
});

test("an IBAN among other numbers is the account's id, and a file without any account number is refused", async () => {
  const messages = await read(file(""));
  expect(messages.at(-1)).toMatchObject({
    part: { account: { externalId: "DE89370400440532013000" }, kind: "STATEMENT" },
  });
  await expect(read(file("").replace(/<Acct>.*<\/Acct>/u, ""))).rejects.toMatchObject({ refusal: "NO_ACCOUNT" });
  await expect(read(file("").replace(/<Stmt>.*<\/Stmt>/u, ""))).rejects.toMatchObject({ refusal: "NOT_CAMT" });
});
