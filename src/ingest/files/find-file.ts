import type { FileResult } from "../statements/apply-file.ts";
import type { FileRefusal } from "../../connector-api/files.ts";
import type { FileStatus } from "../../domain/lifecycles.ts";
import type { Transaction } from "../../store/database.ts";
import type { FileInfo, FileProblem, ReceivedFile } from "./file.ts";

/** The part of a file's row that describes its state. */
export interface FileState extends FileInfo {
  readonly sourceId: string;
  readonly mediaType: string;
  readonly status: FileStatus;
  readonly refusal: FileProblem | undefined;
  readonly result: FileResult | undefined;
  /** True if an attempt to apply it has failed since it arrived or was last sent. */
  readonly hasFailed: boolean;
  readonly isPaused: boolean;
}

interface Row extends Record<string, unknown> {
  readonly id: string;
  readonly source_id: string;
  readonly name: string;
  readonly content_hash: string;
  readonly size: bigint;
  readonly media_type: string;
  readonly status: FileStatus;
  readonly refusal: FileRefusal | null;
  readonly problem: string | null;
  readonly line: number | null;
  readonly column: number | null;
  readonly result: FileResult | null;
  readonly failed: boolean;
  readonly paused: boolean;
}

/** Finds a file of the transaction's tenant; undefined if there is none with this id. */
export async function findFile(tx: Transaction, id: string): Promise<FileState | undefined> {
  const [row] = await tx.query<Row>(
    `select files.id, source_id, name, content_hash, size, media_type, files.status, refusal, problem, line, "column",
       result, error_code is not null as failed, coalesce(sources.paused, false) as paused
     from files left join sources on sources.id = source_id where files.id = $1`,
    [id],
  );
  if (row === undefined) return undefined;
  const { refusal, line, column } = row;
  return {
    ...infoOf(row),
    sourceId: row.source_id,
    mediaType: row.media_type,
    status: row.status,
    refusal:
      refusal === null
        ? undefined
        : {
            reason: refusal,
            problem: row.problem ?? "",
            position: line === null || column === null ? undefined : { line, column },
          },
    result: row.result ?? undefined,
    hasFailed: row.failed,
    isPaused: row.paused,
  };
}

function infoOf(row: Row): FileInfo {
  return { id: row.id, name: row.name, contentHash: row.content_hash, size: Number(row.size) };
}

/** Result in the form in which the sender of the file receives it. @param outcome result for a stored file */
export function receivedOf(state: FileState, outcome: "STORED" | "REPEATED"): ReceivedFile {
  const { id, name, contentHash, size, result, refusal } = state;
  const file = { id, name, contentHash, size };
  if (refusal !== undefined) return { outcome: "REFUSED", file, refusal };
  if (state.status === "STORED" && result !== undefined) return { outcome, file, result };
  return { outcome: "ACCEPTED", file };
}
