/*
 * Checks an evidence pack of Sluice with nothing but Node's standard library: one file, which also runs after being
 * copied out of the project, with Node 24 or newer:
 *
 *   node verify-evidence.ts pack.zip [--public-key HEX] [--head HEAD.json]
 *
 * What is checked, and what each format is: docs/evidence.md. Everything that is wrong is a line of the output, with its
 * member and line. Exit codes: 0 nothing is wrong, 1 something is, 2 the file or an argument cannot be read.
 */
import { createHash, createPublicKey, verify } from "node:crypto";
import { closeSync, fstatSync, openSync, readFileSync, readSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { crc32 } from "node:zlib";

/** Something that is wrong. */
export interface Problem {
  /** Name of the member, `archive` for the archive itself. */
  readonly member: string;
  /** Line of the member, from 1. */
  readonly line?: number;
  readonly problem: string;
}

export interface Options {
  /** Key that must have signed the manifest, in hexadecimal. Without it, any key may have: only changes are found. */
  readonly publicKey?: string;
  /** An exported `auditHead`: the row of that number must have that hash. */
  readonly head?: { readonly sequence: string; readonly hash: string };
}

export interface Result {
  readonly problems: readonly Problem[];
  /** What was checked, in sentences. */
  readonly checked: readonly string[];
}

interface Entry {
  readonly name: string;
  readonly crc: number;
  readonly size: number;
  readonly start: number;
}

interface Manifest {
  readonly format: string;
  readonly tenant: string;
  readonly publicKey: string;
  readonly audit: { readonly first: string; readonly last: string; readonly lastHash: string } | null;
  readonly members: readonly { readonly name: string; readonly size: string; readonly sha256: string }[];
}

const MAX_PROBLEMS = 100;
const PIECE = 1 << 20;
const SPKI = Buffer.from("302a300506032b6570032100", "hex"); // RFC 8410: before the 32 bytes of an Ed25519 key

/** Checks an archive. */
export function verifyEvidence(path: string, options: Options = {}): Result {
  const problems: Problem[] = [];
  const checked: string[] = [];
  const report = (member: string, problem: string, line?: number): void => {
    if (problems.length < MAX_PROBLEMS) problems.push({ member, problem, ...(line !== undefined && { line }) });
  };
  const file = openSync(path, "r");
  try {
    const entries = readDirectory(file, report);
    if (entries === undefined) return { problems, checked };
    const manifest = checkManifest(file, entries, options, report);
    if (manifest === undefined) return { problems, checked };
    checked.push(`manifest of tenant ${manifest.tenant}, signed by ${manifest.publicKey}`);
    checkMembers(file, entries, manifest, report);
    checked.push(`${manifest.members.length} members by their hashes`);
    checked.push(checkAudit(file, entries, manifest, options, report));
    checked.push(checkRaw(file, entries, report));
    checked.push(checkTotals(file, entries, report));
    checked.push(checkProofs(file, entries, report), checkMatches(file, entries, report));
  } finally {
    closeSync(file);
  }
  return { problems, checked };
}

type Report = (member: string, problem: string, line?: number) => void;

/** Reads the central directory. The archive must be exactly what its directory says: nothing before, between or after. */
function readDirectory(file: number, report: Report): readonly Entry[] | undefined {
  const { size } = fstatSync(file);
  const tail = read(file, Math.max(0, size - 98), Math.min(98, size));
  const isEnd = tail.length === 98 && tail.readUInt32LE(76) === 0x06054b50 && tail.readUInt32LE(56) === 0x07064b50;
  if (!isEnd || tail.readUInt32LE(0) !== 0x06064b50) {
    report("archive", "does not end with a directory: it is truncated, or something was appended");
    return undefined;
  }
  const [count, length, offset] = [32, 40, 48].map((at) => Number(tail.readBigUInt64LE(at))) as [
    number,
    number,
    number,
  ];
  if (Number(tail.readBigUInt64LE(64)) !== size - 98 || offset + length !== size - 98 || !sameEnd(tail)) {
    report("archive", "its directory is not where it says: bytes were removed or added");
    return undefined;
  }
  const directory = read(file, offset, length);
  const entries: Entry[] = [];
  let [at, start] = [0, 0];
  while (at < length) {
    if (at + 46 > length || directory.readUInt32LE(at) !== 0x02014b50) {
      report("archive", `its directory is damaged at byte ${offset + at}`);
      return undefined;
    }
    const nameLength = directory.readUInt16LE(at + 28);
    const name = directory.toString("utf8", at + 46, at + 46 + nameLength);
    const extra = at + 46 + nameLength;
    if (extra + 28 > length) {
      report("archive", `its directory is damaged at byte ${offset + at}`);
      return undefined;
    }
    const [memberSize, packed, local] = [4, 12, 20].map((n) => Number(directory.readBigUInt64LE(extra + n))) as [
      number,
      number,
      number,
    ];
    const entry = { name, crc: directory.readUInt32LE(at + 16), size: memberSize, start: start + 30 + nameLength + 20 };
    if (local !== start || packed !== memberSize || entry.start + memberSize + 24 > offset) {
      report(name, "its place in the archive is wrong: bytes were removed or added");
      return undefined;
    }
    const isAsWritten =
      directory.subarray(at, extra + 28).equals(directoryBytes(name, entry.crc, memberSize, local)) &&
      read(file, start, 50 + nameLength).equals(headerBytes(name)) &&
      read(file, entry.start + memberSize, 24).equals(descriptorBytes(entry.crc, memberSize));
    if (!isAsWritten) report(name, "its headers in the archive were changed");
    entries.push(entry);
    at = extra + 28;
    start = entry.start + memberSize + 24;
  }
  if (start !== offset || entries.length !== count) report("archive", "its directory does not list all of its bytes");
  return entries;
}

/** The ends of the archive have no byte that says anything else. */
function sameEnd(tail: Buffer): boolean {
  const end = Buffer.alloc(98);
  end.writeUInt32LE(0x06064b50, 0);
  end.writeBigUInt64LE(44n, 4);
  end.writeUInt16LE(45, 12);
  end.writeUInt16LE(45, 14);
  tail.copy(end, 24, 24, 56);
  end.writeBigUInt64LE(tail.readBigUInt64LE(24), 32);
  tail.copy(end, 24, 24, 32);
  tail.copy(end, 40, 40, 56);
  end.writeUInt32LE(0x07064b50, 56);
  tail.copy(end, 64, 64, 72);
  end.writeUInt32LE(1, 72);
  end.writeUInt32LE(0x06054b50, 76);
  end.writeUInt32LE(0xffffffff, 84);
  end.writeUInt32LE(0xffffffff, 88);
  end.writeUInt32LE(0xffffffff, 92);
  return end.equals(tail);
}

function headerBytes(name: string): Buffer {
  const label = Buffer.from(name, "utf8");
  const header = Buffer.alloc(50 + label.length);
  header.writeUInt32LE(0x04034b50, 0);
  writeCommon(header, 4);
  header.writeUInt32LE(0xffffffff, 18);
  header.writeUInt32LE(0xffffffff, 22);
  header.writeUInt16LE(label.length, 26);
  header.writeUInt16LE(20, 28);
  label.copy(header, 30);
  header.writeUInt16LE(1, 30 + label.length);
  header.writeUInt16LE(16, 32 + label.length);
  return header;
}

function directoryBytes(name: string, crc: number, size: number, offset: number): Buffer {
  const label = Buffer.from(name, "utf8");
  const entry = Buffer.alloc(46 + label.length + 28);
  entry.writeUInt32LE(0x02014b50, 0);
  entry.writeUInt16LE(45, 4);
  writeCommon(entry, 6);
  entry.writeUInt32LE(crc, 16);
  entry.writeUInt32LE(0xffffffff, 20);
  entry.writeUInt32LE(0xffffffff, 24);
  entry.writeUInt16LE(label.length, 28);
  entry.writeUInt16LE(28, 30);
  entry.writeUInt32LE(0xffffffff, 42);
  label.copy(entry, 46);
  const extra = 46 + label.length;
  entry.writeUInt16LE(1, extra);
  entry.writeUInt16LE(24, extra + 2);
  entry.writeBigUInt64LE(BigInt(size), extra + 4);
  entry.writeBigUInt64LE(BigInt(size), extra + 12);
  entry.writeBigUInt64LE(BigInt(offset), extra + 20);
  return entry;
}

function writeCommon(header: Buffer, at: number): void {
  header.writeUInt16LE(45, at);
  header.writeUInt16LE(0x0808, at + 2);
  header.writeUInt16LE(0x0021, at + 8);
}

function descriptorBytes(crc: number, size: number): Buffer {
  const bytes = Buffer.alloc(24);
  bytes.writeUInt32LE(0x08074b50, 0);
  bytes.writeUInt32LE(crc, 4);
  bytes.writeBigUInt64LE(BigInt(size), 8);
  bytes.writeBigUInt64LE(BigInt(size), 16);
  return bytes;
}

function checkManifest(
  file: number,
  entries: readonly Entry[],
  options: Options,
  report: Report,
): Manifest | undefined {
  const [manifestEntry, signatureEntry] = entries.slice(-2);
  if (manifestEntry?.name !== "manifest.json" || signatureEntry?.name !== "manifest.sig") {
    report("archive", "its last members must be manifest.json and manifest.sig: a member was appended or removed");
    return undefined;
  }
  const bytes = read(file, manifestEntry.start, manifestEntry.size);
  let manifest: Manifest;
  try {
    manifest = JSON.parse(bytes.toString("utf8")) as Manifest;
  } catch {
    report("manifest.json", "is not JSON");
    return undefined;
  }
  if (manifest.format !== "sluice-evidence-v1") {
    report("manifest.json", "has a format that this program does not know");
    return undefined;
  }
  const text = read(file, signatureEntry.start, signatureEntry.size).toString("latin1");
  if (!/^[0-9a-f]{128}\n$/.test(text) || !isSigned(manifest.publicKey, bytes, text.trim()))
    report("manifest.sig", "is not the signature of the manifest by the key in it");
  if (options.publicKey !== undefined && options.publicKey.toLowerCase() !== manifest.publicKey)
    report("manifest.json", `was signed by the key ${manifest.publicKey}, and not by ${options.publicKey}`);
  return manifest;
}

function isSigned(publicKey: string, bytes: Uint8Array, signature: string): boolean {
  if (!/^[0-9a-f]{64}$/.test(publicKey)) return false;
  try {
    const der = Buffer.concat([SPKI, Buffer.from(publicKey, "hex")]);
    const key = createPublicKey({ key: der, type: "spki", format: "der" });
    return verify(null, bytes, key, Buffer.from(signature, "hex"));
  } catch {
    return false;
  }
}

function checkMembers(file: number, entries: readonly Entry[], manifest: Manifest, report: Report): void {
  const listed = entries.slice(0, -2);
  for (const [n, entry] of listed.entries()) {
    const expected = manifest.members[n];
    if (expected?.name !== entry.name) {
      report(entry.name, `is not what the manifest has here, which is ${expected?.name ?? "nothing"}`);
      continue;
    }
    const hash = createHash("sha256");
    let crc = 0;
    for (const piece of pieces(file, entry)) {
      hash.update(piece);
      crc = crc32(piece, crc);
    }
    if (crc !== entry.crc || String(entry.size) !== expected.size || hash.digest("hex") !== expected.sha256)
      report(entry.name, "was changed: its hash is not that of the manifest");
  }
  for (const { name } of manifest.members.slice(listed.length)) report(name, "is missing");
}

interface AuditLine {
  readonly sequence: string;
  readonly micros: string;
  readonly body: string;
  readonly previousHash: string;
  readonly hash: string;
}

/** Recomputes the hash of every row, and that each follows the one before. */
function checkAudit(
  file: number,
  entries: readonly Entry[],
  manifest: Manifest,
  options: Options,
  report: Report,
): string {
  const member = "audit-entries.jsonl";
  let previous: AuditLine | undefined;
  let first: string | undefined;
  let count = 0;
  let headHash: string | undefined;
  eachLine<AuditLine>(file, entries, member, report, (row, line) => {
    count += 1;
    first ??= row.sequence;
    const name = `row ${row.sequence}`;
    if (previous !== undefined && BigInt(row.sequence) !== BigInt(previous.sequence) + 1n)
      report(member, `${name} follows row ${previous.sequence}: rows are missing, or in another order`, line);
    if (previous !== undefined && row.previousHash !== previous.hash)
      report(member, `${name} has another hash of the row before it`, line);
    if (rowHash(manifest.tenant, row) !== row.hash)
      report(member, `${name} was changed: its hash is another one`, line);
    if (row.sequence === options.head?.sequence) headHash = row.hash;
    previous = row;
  });
  const { audit } = manifest;
  if ((audit?.first ?? undefined) !== first)
    report(member, `must begin with row ${audit?.first ?? "none"}, and begins with ${first ?? "none"}`);
  if (audit?.last !== previous?.sequence || audit?.lastHash !== previous?.hash)
    report(member, `must end with row ${audit?.last ?? "none"}: rows at the end are missing or were changed`);
  checkHead(options, { first, last: previous?.sequence, headHash }, report);
  return `${count} rows of the audit trail, one by one`;
}

interface CheckedChain {
  readonly first: string | undefined;
  readonly last: string | undefined;
  /** Hash of the row of the exported head, if the archive has it. */
  readonly headHash: string | undefined;
}

function checkHead({ head }: Options, { first, last, headHash }: CheckedChain, report: Report): void {
  if (head === undefined) return;
  const member = "audit-entries.jsonl";
  if (headHash !== undefined && headHash !== head.hash)
    report(
      member,
      `row ${head.sequence} has another hash than the exported head: the trail was replaced, as by an older backup`,
    );
  if (headHash !== undefined) return;
  const isBehind = last === undefined || BigInt(last) < BigInt(head.sequence);
  report(
    member,
    isBehind
      ? `ends with row ${last ?? "none"}, before row ${head.sequence} of the exported head: choose a later period, or the trail went back`
      : `begins with row ${first ?? "none"}, after row ${head.sequence} of the exported head: choose an earlier period`,
  );
}

function rowHash(tenant: string, { sequence, micros, body, previousHash }: AuditLine): string {
  const numbers = Buffer.alloc(16);
  numbers.writeBigInt64BE(BigInt(sequence), 0);
  numbers.writeBigInt64BE(BigInt(micros), 8);
  const parts = [Buffer.from("sluice-audit-v1\n"), Buffer.from(previousHash, "hex"), numbers];
  for (const text of [tenant, body]) {
    const bytes = Buffer.from(text, "utf8");
    const length = Buffer.alloc(4);
    length.writeInt32BE(bytes.length);
    parts.push(length, bytes);
  }
  return createHash("sha256").update(Buffer.concat(parts)).digest("hex");
}

interface RawLine {
  readonly id?: string;
  readonly contentHash: string;
  readonly bytes: string | null;
  readonly verification?: { readonly scheme?: string } | null;
}

/** Raw bytes have the hash under which they are stored. Webhooks are listed with how each was signed. */
function checkRaw(file: number, entries: readonly Entry[], report: Report): string {
  let [count, signed] = [0, 0];
  const check = (member: string) => (row: RawLine, line: number) => {
    count += 1;
    if (row.verification !== null && row.verification !== undefined) signed += 1;
    if (row.bytes === null) return;
    const hash = createHash("sha256").update(Buffer.from(row.bytes, "base64")).digest("hex");
    if (hash !== row.contentHash) report(member, `the bytes of ${row.contentHash} have another hash`, line);
  };
  for (const member of ["raw/payloads.jsonl", "raw/deliveries.jsonl"])
    eachLine<RawLine>(file, entries, member, report, check(member));
  const files = "raw/files.jsonl";
  let open:
    | { readonly id: string; readonly contentHash: string; readonly hash: ReturnType<typeof createHash>; line: number }
    | undefined;
  const end = (): void => {
    if (open !== undefined && open.hash.digest("hex") !== open.contentHash)
      report(files, `the bytes of file ${open.id} have another hash`, open.line);
  };
  eachLine<RawLine>(file, entries, files, report, (row, line) => {
    if (open?.id !== row.id) {
      end();
      count += 1;
      open = { id: row.id ?? "", contentHash: row.contentHash, hash: createHash("sha256"), line };
    }
    open?.hash.update(Buffer.from(row.bytes ?? "", "base64"));
  });
  end();
  return `${count} raw contents by their hashes, ${signed} of them webhooks with a signature`;
}

const AMOUNTS: Readonly<
  Record<string, { readonly amounts: readonly string[]; readonly account?: string; readonly direction?: string }>
> = {
  payments: { amounts: ["amount_minor", "captured_minor"], direction: "kind" },
  refunds: { amounts: ["amount_minor"] },
  disputes: { amounts: ["amount_minor"] },
  payouts: { amounts: ["amount_minor"], account: "account_id" },
  ledger_entries: { amounts: ["gross_minor", "fee_minor", "net_minor"], account: "account_id", direction: "kind" },
  bank_transactions: { amounts: ["amount_minor"], account: "account_id", direction: "direction" },
};

/** Adds up the objects again, exactly, and compares with the stated totals. */
function checkTotals(file: number, entries: readonly Entry[], report: Report): string {
  const sums = new Map<string, { count: bigint; sum: bigint }>();
  for (const [table, { amounts, account, direction }] of Object.entries(AMOUNTS))
    eachLine<Record<string, unknown>>(file, entries, `objects/${table}.jsonl`, report, (row) => {
      if (row["deleted_at"] !== null || typeof row["currency"] !== "string") return;
      for (const amount of amounts) {
        const minor = row[amount];
        if (typeof minor !== "string") continue;
        const of = (name: string | undefined) => (name === undefined ? null : row[name]);
        const key = JSON.stringify([table, amount, of(account), of(direction), row["currency"], row["exponent"]]);
        const total = sums.get(key) ?? { count: 0n, sum: 0n };
        sums.set(key, { count: total.count + 1n, sum: total.sum + BigInt(minor) });
      }
    });
  const stated = sums.size;
  eachLine<Record<string, unknown>>(file, entries, "totals.jsonl", report, (row, line) => {
    const { table, amount, account, direction, currency, exponent, count, sum } = row;
    const key = JSON.stringify([table, amount, account, direction, currency, exponent]);
    const total = sums.get(key);
    sums.delete(key);
    if (total === undefined || String(total.count) !== count || String(total.sum) !== sum)
      report(
        "totals.jsonl",
        `states ${String(count)} objects and ${String(sum)}, and the objects add up to ${total?.count ?? 0n} and ${total?.sum ?? 0n}`,
        line,
      );
  });
  for (const key of sums.keys()) report("totals.jsonl", `has no total of ${key}`);
  return `${stated} control totals, added up again`;
}

const PROOFS = "reconciliation/payout-proofs.jsonl";
const MATCHES = "reconciliation/payout-matches.jsonl";

interface ProofPart {
  readonly amount: string;
  readonly currency: string;
  readonly exponent: number;
}

interface ProofRow extends ProofPart {
  readonly payoutId: string;
  readonly state: string;
  readonly lines: readonly ProofPart[];
  readonly residue: readonly ProofPart[];
  readonly sum: string | null;
}

/** Adds up each proof again: what is proven is the sum of its lines, what is explained of its lines and the rest. */
function checkProofs(file: number, entries: readonly Entry[], report: Report): string {
  if (!entries.some(({ name }) => name === PROOFS)) return "no payout proofs: the archive is of an earlier version";
  let count = 0;
  eachLine<ProofRow>(file, entries, PROOFS, report, (proof, line) => {
    const { payoutId, state, amount, lines, residue, sum } = proof;
    const sumOf = (parts: readonly ProofPart[]) =>
      parts
        .filter(({ currency, exponent }) => currency === proof.currency && exponent === proof.exponent)
        .reduce((total, part) => total + BigInt(part.amount), 0n);
    if (sum !== null && sumOf(lines) !== BigInt(sum))
      report(PROOFS, `states ${sum} for the lines of ${payoutId}, which add up to ${sumOf(lines)}`, line);
    const rest = state === "EXPLAINED" ? sumOf(residue) : 0n;
    if ((state === "PROVEN" || state === "EXPLAINED") && sumOf(lines) + rest !== BigInt(amount))
      report(PROOFS, `${payoutId} of ${amount} is ${state}, and its parts add up to ${sumOf(lines) + rest}`, line);
    count += 1;
  });
  return `${count} payout proofs, added up again`;
}

/** A bank transaction that is compared by the amount that was instructed in another currency. */
interface Converted {
  readonly amount: bigint;
  readonly currency: string;
  readonly exchange: {
    readonly bookedAmount: string;
    readonly bookedCurrency: string;
    readonly rate: string | null;
  };
}

interface MatchRow {
  readonly id: string;
  readonly type: string;
  readonly state: string;
  readonly matchId: string | null;
  readonly amount: string;
  readonly currency: string;
  readonly residue: string | null;
  /** Absent in archives of an earlier version. */
  readonly exchange?: Converted["exchange"] | null;
}

/**
 * Adds up each match again: payouts are the bank transactions and the stated residue, all in one currency. What is
 * compared by its instructed amount must be stated so by the bank transaction itself.
 */
function checkMatches(file: number, entries: readonly Entry[], report: Report): string {
  if (!entries.some(({ name }) => name === MATCHES)) return "no payout matches: the archive is of an earlier version";
  const matches = new Map<string, { difference: bigint; residue: bigint; currency: string }>();
  const converted = new Map<string, Converted>();
  eachLine<MatchRow>(file, entries, MATCHES, report, (row, line) => {
    const { id, matchId, state, type, amount, currency, residue, exchange } = row;
    if (exchange !== undefined && exchange !== null) converted.set(id, { amount: unitsOf(amount), currency, exchange });
    if ((state !== "MATCHED" && state !== "EXPLAINED") || matchId === null) return;
    const own = unitsOf(amount);
    const known = matches.get(matchId);
    if (known !== undefined && known.currency !== currency)
      report(MATCHES, `the match ${matchId} has amounts in ${known.currency} and ${currency}`, line);
    const difference = (known?.difference ?? 0n) + (type === "Payout" ? own : -own);
    matches.set(matchId, { difference, residue: unitsOf(residue ?? "0"), currency });
  });
  for (const [id, { difference, residue }] of matches)
    if (difference !== residue) report(MATCHES, `the amounts of the match ${id} do not add up`);
  const compared = checkConversions(file, entries, converted, report);
  return `${matches.size} matches of payouts with bank transactions, added up again, and ${compared} amounts that were instructed in another currency`;
}

interface TransactionRow {
  readonly id: string;
  readonly amount_minor: string;
  readonly exponent: number;
  readonly currency: string;
  readonly amounts:
    | readonly {
        readonly name: string;
        readonly money: {
          readonly minor: { readonly $int: string };
          readonly exponent: number;
          readonly currency: string;
        };
        readonly exchange?: { readonly rate?: string };
      }[]
    | null;
}

/** @returns number of transactions of the archive that were compared; those outside of its period are not in it */
function checkConversions(
  file: number,
  entries: readonly Entry[],
  converted: ReadonlyMap<string, Converted>,
  report: Report,
): number {
  const member = "objects/bank_transactions.jsonl";
  let compared = 0;
  if (converted.size === 0) return compared;
  eachLine<TransactionRow>(file, entries, member, report, (row, line) => {
    const stated = converted.get(row.id);
    if (stated === undefined) return;
    compared += 1;
    const { bookedAmount, bookedCurrency, rate } = stated.exchange;
    const amounts = row.amounts ?? [];
    const isInstructed = amounts.some(
      ({ name, money }) =>
        name === "InstdAmt" &&
        money.currency === stated.currency &&
        unitsOfMinor(money.minor.$int, money.exponent) === stated.amount,
    );
    const isBooked =
      row.currency === bookedCurrency && unitsOfMinor(row.amount_minor, row.exponent) === unitsOf(bookedAmount);
    const hasRate = rate === null || amounts.some(({ exchange }) => exchange?.rate === rate);
    if (!isInstructed) report(member, `${row.id} does not state the instructed amount that it is matched by`, line);
    if (!isBooked) report(member, `${row.id} has another booked amount than its match states`, line);
    if (!hasRate) report(member, `${row.id} does not state the exchange rate of its match`, line);
  });
  return compared;
}

/** Returns minor units in the units of `unitsOf`. */
function unitsOfMinor(minor: string, exponent: number): bigint {
  return BigInt(minor) * 10n ** BigInt(DECIMALS - exponent);
}

const DECIMALS = 18;

/** Number of the smallest units of a decimal. @throws SyntaxError for any other text */
function unitsOf(decimal: string): bigint {
  const [whole = "", fraction = ""] = decimal.split(".");
  return BigInt(`${whole}${fraction.padEnd(DECIMALS, "0")}`);
}

/** Calls `use` with each line of a member, parsed. */
function eachLine<Row>(
  file: number,
  entries: readonly Entry[],
  member: string,
  report: Report,
  use: (row: Row, line: number) => void,
): void {
  const entry = entries.find(({ name }) => name === member);
  if (entry === undefined) return report(member, "is missing");
  let rest: Buffer = Buffer.alloc(0);
  let line = 0;
  for (const piece of pieces(file, entry)) {
    const bytes = Buffer.concat([rest, piece]);
    let start = 0;
    for (let end = bytes.indexOf(10); end >= 0; end = bytes.indexOf(10, start)) {
      line += 1;
      useLine(bytes.toString("utf8", start, end), line);
      start = end + 1;
    }
    rest = bytes.subarray(start);
  }
  if (rest.length > 0) report(member, "ends within a line", line + 1);

  function useLine(text: string, number: number): void {
    try {
      use(JSON.parse(text) as Row, number);
    } catch {
      report(member, "cannot be read", number);
    }
  }
}

function* pieces(file: number, { start, size }: Entry): Generator<Buffer, void> {
  for (let at = 0; at < size; at += PIECE) yield read(file, start + at, Math.min(PIECE, size - at));
}

function read(file: number, position: number, length: number): Buffer {
  const bytes = Buffer.alloc(length);
  let filled = 0;
  while (filled < length) {
    const count = readSync(file, bytes, filled, length - filled, position + filled);
    if (count === 0) break;
    filled += count;
  }
  return bytes.subarray(0, filled);
}

function main(args: readonly string[]): number {
  const valueOf = (name: string): string | undefined => {
    const at = args.indexOf(name);
    return at < 0 ? undefined : args[at + 1];
  };
  const [path] = args.filter((arg, n) => !arg.startsWith("--") && !(args[n - 1] ?? "").startsWith("--"));
  if (path === undefined) {
    process.stderr.write("usage: verify-evidence FILE [--public-key HEX] [--head HEAD.json]\n");
    return 2;
  }
  try {
    const [publicKey, head] = [valueOf("--public-key"), valueOf("--head")];
    const { problems, checked } = verifyEvidence(path, {
      ...(publicKey !== undefined && { publicKey }),
      ...(head !== undefined && { head: JSON.parse(readFileSync(head, "utf8")) as NonNullable<Options["head"]> }),
    });
    for (const sentence of checked) process.stdout.write(`checked: ${sentence}\n`);
    for (const { member, line, problem } of problems)
      process.stdout.write(`WRONG: ${member}${line === undefined ? "" : `, line ${line}`}: ${problem}\n`);
    process.stdout.write(problems.length === 0 ? "ok\n" : `${problems.length} problems\n`);
    return problems.length === 0 ? 0 : 1;
  } catch (reason) {
    process.stderr.write(`verify-evidence: ${reason instanceof Error ? reason.message : String(reason)}\n`);
    return 2;
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) process.exitCode = main(process.argv.slice(2));
