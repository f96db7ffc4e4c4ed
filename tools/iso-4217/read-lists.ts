import { SaxesParser } from "saxes";

/** One `CcyNtry` of list one. */
export interface CurrentEntry {
  readonly code: string;
  /** Undefined where the list says `N.A.`: metals, units of account, test codes. */
  readonly minorUnit: number | undefined;
}

/** One `HstrcCcyNtry` of list three, which has no minor units. */
export interface HistoricEntry {
  readonly code: string;
  /** As written in the list: `2023-01`, `1989 to 1990`. */
  readonly withdrawn: string;
}

export interface PublishedList<Entry> {
  /** Attribute `Pblshd` of the root: `2026-01-01`. */
  readonly published: string;
  readonly entries: readonly Entry[];
}

/** The text of the child elements of one entry, by element name. */
type Cells = ReadonlyMap<string, string>;

/**
 * List one, "Current currency and funds codes": the text of list-one.xml. Entities without a currency are left out.
 * @throws Error with the element that is invalid
 */
export function readListOne(xml: string): PublishedList<CurrentEntry> {
  const { published, rows } = readRows(xml, "CcyNtry");
  return { published, entries: rows.filter((row) => row.has("Ccy")).map(currentEntry) };
}

/**
 * List three, "Codes for historic denominations of currencies and funds": the text of list-three.xml.
 * @throws Error with the element that is invalid
 */
export function readListThree(xml: string): PublishedList<HistoricEntry> {
  const { published, rows } = readRows(xml, "HstrcCcyNtry");
  return { published, entries: rows.map((row) => ({ code: codeOf(row), withdrawn: cell(row, "WthdrwlDt") })) };
}

function currentEntry(row: Cells): CurrentEntry {
  const code = codeOf(row);
  const written = cell(row, "CcyMnrUnts");
  if (written === "N.A.") return { code, minorUnit: undefined };
  if (!/^\d$/.test(written)) throw new Error(`CcyMnrUnts of ${code} must be a digit or N.A., got "${written}"`);
  return { code, minorUnit: Number(written) };
}

function codeOf(row: Cells): string {
  const code = cell(row, "Ccy");
  if (!/^[A-Z]{3}$/.test(code)) throw new Error(`Ccy must be three letters, got "${code}"`);
  return code;
}

function cell(row: Cells, name: string): string {
  const text = row.get(name);
  if (text === undefined || text === "") throw new Error(`${name} must be present, got ${JSON.stringify([...row])}`);
  return text;
}

function readRows(xml: string, rowName: string): { readonly published: string; readonly rows: readonly Cells[] } {
  const parser = new SaxesParser();
  const rows: Map<string, string>[] = [];
  let published: string | undefined;
  let text = "";
  parser.on("opentag", ({ name, attributes }) => {
    if (name === "ISO_4217") published = String(attributes["Pblshd"]);
    if (name === rowName) rows.push(new Map());
    text = "";
  });
  parser.on("text", (piece) => {
    text += piece;
  });
  parser.on("closetag", ({ name }) => {
    if (name !== rowName) rows.at(-1)?.set(name, text.trim());
    text = "";
  });
  parser.write(xml).close();
  if (published === undefined || !/^\d{4}-\d\d-\d\d$/.test(published)) {
    throw new Error(`Pblshd of ISO_4217 must be a date, got ${published}`);
  }
  if (rows.length === 0) throw new Error(`the list must have ${rowName} elements, got none`);
  return { published, rows };
}
