import type { BankEntry, StatementPart } from "../domain/bank.ts";

/** An entry in its place, or why it is none. */
export type EntryMessage = {
  /** Place in its statement, from 0, faulty ones counted too. */
  readonly index: number;
  /** XPath in the file. */
  readonly path: string;
} & (
  | { readonly entry: BankEntry }
  /** `path` within the entry, and what was expected and what came, without personal values. */
  | { readonly fault: { readonly path: string; readonly problem: string }; readonly entry?: never }
);

/** What a file says, in its order: of each statement its entries, then itself. */
export type FileMessage =
  | { readonly type: "entries"; readonly statement: number; readonly items: readonly EntryMessage[] }
  | { readonly type: "statement"; readonly part: StatementPart };

export interface ReadFileInput<Config> {
  readonly config: Config;
  /** The file, in pieces of any size. Iterated once. */
  readonly bytes: AsyncIterable<Uint8Array>;
  /** False: entries are judged and added up, but not told. */
  readonly entries: boolean;
  /** Aborted: the iterator throws promptly. */
  readonly signal: AbortSignal;
}

/** Why a file is refused whole. Stable words: callers branch on them. */
export const FILE_REFUSALS = [
  "EMPTY",
  "TOO_LARGE",
  "ENCODING",
  "NOT_WELL_FORMED",
  "DOCTYPE",
  "LIMIT_EXCEEDED",
  "NOT_CAMT",
  "UNSUPPORTED_VERSION",
  "NO_ACCOUNT",
  "ARCHIVE",
] as const;
export type FileRefusal = (typeof FILE_REFUSALS)[number];

/** A file of which nothing may be used, also not what was read before the fault. */
export class FileRefused extends Error {
  override readonly name = "FileRefused";
  readonly refusal: FileRefusal;
  /** In the decoded text, both from 1. */
  readonly position: { readonly line: number; readonly column: number } | undefined;

  /** @param problem safe for whoever sent the file */
  constructor(refusal: FileRefusal, problem: string, position?: { readonly line: number; readonly column: number }) {
    super(problem);
    this.refusal = refusal;
    this.position = position;
  }
}

/** A folder of this machine that files are dropped into. */
export interface DropFolder {
  readonly folder: string;
  /** Where files go once they are stored; refused ones into `refused` in it. */
  readonly archiveFolder: string;
}

/** How a connector's files are taken in. Reading holds no state and calls nobody. */
export interface FileFormat<Config> {
  /** Undefined: files come otherwise. */
  folder(config: Config): DropFolder | undefined;
  /** Largest file taken, in plain bytes. */
  maxBytes(config: Config): number;
  /**
   * Bounded in memory, off the event loop.
   * @throws FileRefused when the file is none, with nothing of it to be used
   */
  read(input: ReadFileInput<Config>): AsyncIterable<FileMessage>;
}
