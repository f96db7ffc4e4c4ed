import type { FileRefusal } from "../connector-api/files.ts";
import type { FileResult } from "../statements/apply-file.ts";

/** How a file came. */
export type FileWay = "UPLOAD" | "FOLDER" | "POLL";

/** `ACCEPTED`: read once and kept, to be applied; `STORED`: applied to its end; `REFUSED`: kept, and nothing of it used. */
export type FileStatus = "ACCEPTED" | "STORED" | "REFUSED";

/** A file as whoever brought it sees it. */
export interface FileInfo {
  readonly id: string;
  /** As it was first brought; a member of an archive as `archive.zip/member.xml`. */
  readonly name: string;
  /** SHA-256 of its plain bytes, hex: what makes two files of a source the same one. */
  readonly contentHash: string;
  /** Plain bytes. */
  readonly size: number;
}

/** Why a file is refused, and where. */
export interface Refusal {
  readonly reason: FileRefusal;
  /** Safe for whoever brought the file. */
  readonly problem: string;
  /** In the decoded text, both from 1. */
  readonly position: { readonly line: number; readonly column: number } | undefined;
}

/**
 * What became of one file. `REPEATED`: its content was stored before, nothing was done. `ACCEPTED`: it is kept and will
 * be applied, but is not yet: its source is paused, a try failed, or it takes long.
 */
export type TakenFile =
  | { readonly outcome: "STORED" | "REPEATED"; readonly file: FileInfo; readonly result: FileResult }
  | { readonly outcome: "ACCEPTED"; readonly file: FileInfo }
  | { readonly outcome: "REFUSED"; readonly file: FileInfo; readonly refusal: Refusal };

/** What became of what was brought. */
export interface Taken {
  /** Each member of it is a file. False for an archive that is refused whole: it is a file itself. */
  readonly isArchive: boolean;
  readonly files: readonly TakenFile[];
}

/** The bytes of a file that is kept. */
export interface KeptFile extends FileInfo {
  /** `application/xml`, `application/zip`, `application/octet-stream`: by what its bytes look like. */
  readonly mediaType: string;
  readonly bytes: AsyncIterable<Uint8Array>;
}
