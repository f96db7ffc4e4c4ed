import type { BankEntry, StatementPart } from "../domain/bank.ts";
import type { UnknownValue } from "./messages.ts";

/** An entry with its position, or the reason why it could not be read. */
export type EntryMessage = {
  /** Position in its statement, from 0; faulty entries are counted too. */
  readonly index: number;
  /** XPath in the file. */
  readonly path: string;
} & (
  | { readonly entry: BankEntry }
  /** `path` within the entry, and what was expected and received, without personal values. */
  | { readonly fault: { readonly path: string; readonly problem: string }; readonly entry?: never }
);

/** Content of a file, in its order: for each statement first its entries, then the statement. */
export type FileMessage =
  | { readonly type: "entries"; readonly statement: number; readonly items: readonly EntryMessage[] }
  | {
      readonly type: "statement";
      readonly part: StatementPart;
      /** Where the statement and its entries differ from the documented format. */
      readonly unknowns: readonly UnknownValue[];
    }
  | UnusableStatement;

/** A statement with too little data to be stored. Its entries, which come before it, are not used either. */
export interface UnusableStatement {
  readonly type: "unusable";
  /** Position in the file, from 0. */
  readonly index: number;
  /** XPath in the file. */
  readonly path: string;
  /** `path` within the statement; what was expected and received, without personal values. */
  readonly fault: { readonly path: string; readonly problem: string };
}

export interface ReadFileInput<Config> {
  readonly config: Config;
  /** Bytes of the file, in chunks of any size. Iterated once. */
  readonly bytes: AsyncIterable<Uint8Array>;
  /** False: entries are checked and added up, but not emitted. */
  readonly entries: boolean;
  /** Aborted: the iterator throws promptly. */
  readonly signal: AbortSignal;
}

/** Reasons why a whole file is rejected. Stable codes: callers branch on them. */
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

/** A file of which nothing may be used, including anything read before the fault. */
export class FileRefused extends Error {
  override readonly name = "FileRefused";
  readonly refusal: FileRefusal;
  /** Position in the decoded text, both numbers from 1. */
  readonly position: { readonly line: number; readonly column: number } | undefined;

  /** @param problem safe to show to the sender of the file */
  constructor(refusal: FileRefusal, problem: string, position?: { readonly line: number; readonly column: number }) {
    super(problem);
    this.refusal = refusal;
    this.position = position;
  }
}

/** A local folder into which files are dropped. */
export interface DropFolder {
  readonly folder: string;
  /** Folder that files are moved to once they are stored; rejected ones go to its subfolder `refused`. */
  readonly archiveFolder: string;
}

/** Reader of a connector's files. Reading holds no state and makes no calls. */
export interface FileFormat<Config> {
  /** Undefined: files arrive by another way. */
  folder(config: Config): DropFolder | undefined;
  /** Size of the largest accepted file, in uncompressed bytes. */
  maxBytes(config: Config): number;
  /**
   * Reads a file with bounded memory, off the event loop.
   * @throws FileRefused when the file is invalid and none of it may be used
   */
  read(input: ReadFileInput<Config>): AsyncIterable<FileMessage>;
}
