import { hash } from "node:crypto";
import { connector } from "../../src/connectors/iso20022-bank/index.ts";
import type { StatementPart } from "../../src/domain/bank.ts";
import { applyFile, type FileResult } from "../../src/ingest/statements/apply-file.ts";
import type { Database } from "../../src/store/database.ts";
import type { Source } from "../../src/sources/source.ts";
import { httpClient } from "./upstream-client.ts";

/** Values of an entry that a test sets; everything else is as a bank would write it. */
export interface EntryText {
  readonly amount: string;
  readonly direction?: "CRDT" | "DBIT";
  /** Undefined: BOOK; "": none. */
  readonly status?: string;
  readonly booked?: string;
  readonly valued?: string;
  readonly reference?: string;
  readonly endToEndId?: string;
  readonly uetr?: string;
  readonly text?: string;
  readonly reversal?: boolean;
  readonly currency?: string;
}

export interface StatementText {
  readonly id?: string;
  readonly iban?: string;
  readonly sequence?: string;
  readonly from?: string;
  readonly to?: string;
  readonly opening?: string;
  readonly closing?: string;
  /** Day of the closing balance. */
  readonly day?: string;
  readonly created?: string;
  readonly entries: readonly EntryText[];
  /** Inserted before the entries. */
  readonly more?: string;
  readonly currency?: string;
}

export const IBAN = "DE89370400440532013000";
const ELEMENTS = {
  "052": ["BkToCstmrAcctRpt", "Rpt"],
  "053": ["BkToCstmrStmt", "Stmt"],
  "054": ["BkToCstmrDbtCdtNtfctn", "Ntfctn"],
} as const;

/** A message with these statements. `format` is `053.08`: kind and version. */
export function camt(format: string, statements: readonly StatementText[], messageId = "M1"): string {
  const [kind = "053", version = "08"] = format.split(".");
  const [message, element] = ELEMENTS[kind as keyof typeof ELEMENTS]; // tests use one of the three
  const created = statements[0]?.created ?? "2024-03-01T20:00:00Z";
  return `<?xml version="1.0" encoding="UTF-8"?><Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.${kind}.001.${version}"><${message}><GrpHdr><MsgId>${messageId}</MsgId><CreDtTm>${created}</CreDtTm></GrpHdr>${statements
    .map((one) => statementXml(one, element, version))
    .join("")}</${message}></Document>`;
}

function statementXml(one: StatementText, element: string, version: string): string {
  const {
    id = "S1",
    iban = IBAN,
    sequence,
    from,
    to,
    opening,
    closing,
    day,
    created,
    more = "",
    currency = "EUR",
  } = one;
  const period = from === undefined ? "" : `<FrToDt><FrDtTm>${from}</FrDtTm><ToDtTm>${to ?? from}</ToDtTm></FrToDt>`;
  const balance = (code: string, amount: string | undefined) =>
    amount === undefined
      ? ""
      : `<Bal><Tp><CdOrPrtry><Cd>${code}</Cd></CdOrPrtry></Tp><Amt Ccy="${currency}">${amount.replace("-", "")}</Amt><CdtDbtInd>${amount.startsWith("-") ? "DBIT" : "CRDT"}</CdtDbtInd><Dt><Dt>${day ?? "2024-03-01"}</Dt></Dt></Bal>`;
  return `<${element}><Id>${id}</Id>${sequence === undefined ? "" : `<ElctrncSeqNb>${sequence}</ElctrncSeqNb>`}<CreDtTm>${created ?? "2024-03-01T20:00:00Z"}</CreDtTm>${period}<Acct><Id><IBAN>${iban}</IBAN></Id><Ccy>${currency}</Ccy></Acct>${balance("OPBD", opening)}${balance("CLBD", closing)}${more}${one.entries
    .map((entry) => entryXml(entry, version, currency))
    .join("")}</${element}>`;
}

function entryXml(entry: EntryText, version: string, currency: string): string {
  const { amount, direction = "CRDT", status = "BOOK", booked = "2024-03-01", valued, reference, text } = entry;
  const { endToEndId, uetr } = entry;
  const sts = status === "" ? "" : Number(version) >= 7 ? `<Sts><Cd>${status}</Cd></Sts>` : `<Sts>${status}</Sts>`;
  const refs = `${endToEndId === undefined ? "" : `<EndToEndId>${endToEndId}</EndToEndId>`}${uetr === undefined ? "" : `<UETR>${uetr}</UETR>`}`;
  const details =
    refs === "" && text === undefined
      ? ""
      : `<NtryDtls><TxDtls>${refs === "" ? "" : `<Refs>${refs}</Refs>`}${text === undefined ? "" : `<RmtInf><Ustrd>${text}</Ustrd></RmtInf>`}</TxDtls></NtryDtls>`;
  const date = (name: string, day: string | undefined) =>
    day === undefined || day === "" ? "" : `<${name}><Dt>${day}</Dt></${name}>`;
  return `<Ntry><Amt Ccy="${entry.currency ?? currency}">${amount}</Amt><CdtDbtInd>${direction}</CdtDbtInd>${entry.reversal === true ? "<RvslInd>true</RvslInd>" : ""}${sts}${date("BookgDt", booked)}${date("ValDt", valued)}${reference === undefined ? "" : `<AcctSvcrRef>${reference}</AcctSvcrRef>`}${details}</Ntry>`;
}

/** A bank as a source, without an address. */
export function bankSource(id = "bank", tenantId = "acme"): Source {
  return {
    tenantId,
    id,
    connector,
    config: connector.config.parse({}),
    scheduleMs: undefined,
    credential: "",
    client: () => httpClient(),
  };
}

/** Parses a file and stores its contents, as the file intake does once it has the bytes. */
export async function bringFile(db: Database, source: Source, xml: string | Uint8Array): Promise<FileResult> {
  const bytes = Buffer.from(xml);
  const contentHash = hash("sha256", bytes, "hex");
  const parts: StatementPart[] = [];
  const { signal } = new AbortController();
  const { files } = connector;
  if (files === undefined) throw new Error("a bank takes files");
  const read = (entries: boolean) => ({ config: connector.config.parse({}), bytes: pieces(bytes), entries, signal });
  for await (const message of files.read(read(false))) if (message.type === "statement") parts.push(message.part);
  return applyFile({
    db,
    source,
    file: { id: `fil_${contentHash.slice(0, 22)}`, contentHash, parts, position: { statement: 0, entry: 0 } },
    bytes: pieces(bytes),
    advance: () => Promise.resolve(),
    finish: () => Promise.resolve(),
    signal,
  });
}

// oxlint-disable-next-line typescript/require-await -- its reader takes an async iterable
async function* pieces(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let from = 0; from < bytes.length; from += 65_536) yield bytes.subarray(from, from + 65_536);
}
