import type { FileRefusal } from "../../connector-api/files.ts";
import type { FileResult } from "../statements/apply-file.ts";

/** Channel through which a file arrived. */
export type FileOrigin = "UPLOAD" | "FOLDER" | "POLL";

/** A file as presented to its sender. */
export interface FileInfo {
  readonly id: string;
  /** Name under which it first arrived; a member of an archive as `archive.zip/member.xml`. */
  readonly name: string;
  /** SHA-256 of its uncompressed bytes, hex: two files of a source with the same hash are the same file. */
  readonly contentHash: string;
  /** Number of uncompressed bytes. */
  readonly size: number;
}

/** Reason and position of a refusal. */
export interface FileProblem {
  readonly reason: FileRefusal;
  /** Safe to show to the sender of the file. */
  readonly problem: string;
  /** Position in the decoded text, both from 1. */
  readonly position: { readonly line: number; readonly column: number } | undefined;
}

/**
 * Result for one file. `REPEATED`: its content was stored before, nothing was done. `ACCEPTED`: it is stored and will
 * be applied, but is not applied yet: its source is paused, an attempt failed, or it takes long.
 */
export type ReceivedFile =
  | { readonly outcome: "STORED" | "REPEATED"; readonly file: FileInfo; readonly result: FileResult }
  | { readonly outcome: "ACCEPTED"; readonly file: FileInfo }
  | { readonly outcome: "REFUSED"; readonly file: FileInfo; readonly refusal: FileProblem };

/** Result for everything that was sent. */
export interface Received {
  /** True if each of its members is a file. False for an archive that is refused as a whole: it is a file itself. */
  readonly isArchive: boolean;
  readonly files: readonly ReceivedFile[];
}

/** The bytes of a stored file. */
export interface KeptFile extends FileInfo {
  /** `application/xml`, `application/zip` or `application/octet-stream`, according to its first bytes. */
  readonly mediaType: string;
  readonly bytes: AsyncIterable<Uint8Array>;
}
