import type { Transaction } from "../../store/database.ts";

/** A file in the archive. */
export interface Member {
  readonly name: string;
  readonly bytes: AsyncIterable<Uint8Array> | Iterable<Uint8Array>;
}

/** What an evidence pack is about. */
export interface PackScope {
  readonly tenantId: string;
  /** RFC 3339, inclusive. */
  readonly from: string;
  /** RFC 3339, exclusive. */
  readonly to: string;
  /** Null: all sources. */
  readonly sourceIds: readonly string[] | null;
  /** The finding that the pack is about: it has its objects too, whatever their time. Null: none. */
  readonly findingId: string | null;
}

/** What a part of a pack may use. */
export interface PackSource extends PackScope {
  /** Reads the state of one moment, the same for all parts. */
  readonly tx: Transaction;
  /** Rows of a statement in its order, with some in memory at a time. Default: 200; fewer where a row may be large. */
  rows<Row extends Record<string, unknown>>(
    text: string,
    values?: readonly unknown[],
    atATime?: number,
  ): AsyncGenerator<Row, void>;
  /** Counts what was written, for the progress of the pack. */
  readonly onWritten: (count: number) => void;
}

/** A part of every pack. Each is one file in `contributors`, and a line of the list there. */
export interface Contributor {
  readonly name: string;
  /** Members in a fixed order, with the same bytes for the same data: no time of the export, no order by chance. */
  members(source: PackSource): readonly Member[];
}

const PIECE_CHARACTERS = 65_536;

/** Joins lines into pieces, each line with a line feed. */
export async function* inPieces(
  lines: AsyncIterable<string>,
  onWritten: (count: number) => void = () => undefined,
): AsyncGenerator<Uint8Array, void> {
  let piece = "";
  let count = 0;
  for await (const line of lines) {
    piece += `${line}\n`;
    count += 1;
    if (piece.length < PIECE_CHARACTERS) continue;
    yield Buffer.from(piece, "utf8");
    onWritten(count);
    [piece, count] = ["", 0];
  }
  if (piece !== "") yield Buffer.from(piece, "utf8");
  onWritten(count);
}
