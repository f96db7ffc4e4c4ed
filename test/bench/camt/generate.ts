import { createWriteStream } from "node:fs";
import { once } from "node:events";
import { finished } from "node:stream/promises";

const NAMES = ["Müller & Söhne GmbH", "ACME Trading B.V.", "Société Générale d'Énergie", "Jan de Vries", "Example Ltd"];

/** Writes a camt.053.001.08 of `bytes` or a little more: one statement, each entry with one transaction. */
export async function generate(path: string, bytes: number): Promise<{ readonly entries: number }> {
  const file = createWriteStream(path, { highWaterMark: 2 ** 20 });
  let [written, entries] = [0, 0];
  const write = async (text: string): Promise<void> => {
    written += Buffer.byteLength(text);
    if (!file.write(text)) await once(file, "drain");
  };
  await write(HEAD);
  while (written < bytes) {
    let batch = "";
    for (let count = 0; count < 500; count += 1) batch += entry(entries++);
    await write(batch);
  }
  await write(TAIL);
  file.end();
  await finished(file);
  return { entries };
}

const HEAD = `<?xml version="1.0" encoding="UTF-8"?>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08">
  <BkToCstmrStmt>
    <GrpHdr><MsgId>BENCH-1</MsgId><CreDtTm>2024-03-11T19:47:28+01:00</CreDtTm></GrpHdr>
    <Stmt>
      <Id>STMT-1</Id>
      <Acct><Id><IBAN>DE89370400440532013000</IBAN></Id><Ccy>EUR</Ccy></Acct>
      <Bal><Tp><CdOrPrtry><Cd>OPBD</Cd></CdOrPrtry></Tp><Amt Ccy="EUR">0.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>2024-03-11</Dt></Dt></Bal>
`;
const TAIL = `    </Stmt>
  </BkToCstmrStmt>
</Document>
`;

/** Entry `n`: 1.9 kB, indented as most banks write it. */
function entry(n: number): string {
  const amount = `<Amt Ccy="EUR">${(n * 7919) % 100_000}.${String(n % 100).padStart(2, "0")}</Amt>`;
  const direction = `<CdtDbtInd>${n % 3 === 0 ? "DBIT" : "CRDT"}</CdtDbtInd>`;
  const name = (NAMES[n % NAMES.length] ?? "").replace("&", "&amp;");
  return `      <Ntry>
        <NtryRef>${n}</NtryRef>
        ${amount}
        ${direction}
        <RvslInd>false</RvslInd>
        <Sts>
          <Cd>BOOK</Cd>
        </Sts>
        <BookgDt>
          <Dt>2024-03-11</Dt>
        </BookgDt>
        <ValDt>
          <Dt>2024-03-12</Dt>
        </ValDt>
        <AcctSvcrRef>${String(n).padStart(16, "0")}</AcctSvcrRef>
        <BkTxCd>
          <Domn>
            <Cd>PMNT</Cd>
            <Fmly>
              <Cd>RCDT</Cd>
              <SubFmlyCd>ESCT</SubFmlyCd>
            </Fmly>
          </Domn>
        </BkTxCd>
        <NtryDtls>
          <TxDtls>
            <Refs>
              <EndToEndId>E2E-${n}</EndToEndId>
              <UETR>8a562c67-ca16-48ba-b074-${String(n).padStart(12, "0")}</UETR>
            </Refs>
            ${amount}
            ${direction}
            <RltdPties>
              <Dbtr>
                <Pty>
                  <Nm>${name}</Nm>
                  <PstlAdr>
                    <Ctry>DE</Ctry>
                    <AdrLine>Hauptstraße ${n % 200}</AdrLine>
                  </PstlAdr>
                </Pty>
              </Dbtr>
              <DbtrAcct>
                <Id>
                  <IBAN>NL91ABNA0417164300</IBAN>
                </Id>
              </DbtrAcct>
            </RltdPties>
            <RltdAgts>
              <DbtrAgt>
                <FinInstnId>
                  <BICFI>ABNANL2A</BICFI>
                </FinInstnId>
              </DbtrAgt>
            </RltdAgts>
            <RmtInf>
              <Ustrd>Invoice ${n} of 2024-02-${String((n % 28) + 1).padStart(2, "0")}, customer ${n % 5_000}</Ustrd>
            </RmtInf>
          </TxDtls>
        </NtryDtls>
      </Ntry>
`;
}
