import { openLineFile } from "./append-lines.ts";
import { closeSync, existsSync, ftruncateSync, openSync, readSync, renameSync, writeSync } from "node:fs";

/**
 * Append-only file of operations: one line per operation, so that a line cut short by a crash loses that operation as a
 * whole. A line consists of cells, a cell of a header (JSON) and a body, all separated by tabs; a body is JSON text
 * unchanged, or encoded as a JSON string when it contains tabs or line breaks.
 */
export interface Journal {
  /**
   * Writes one line before it returns, so that a response sent afterwards survives a kill of this process; on a full
   * disk as described at `LineFile`.
   */
  append(cells: readonly Cell[]): void;
  /** Replaces the file by these cells, one per line: completely, or not at all when this process is killed. */
  rewrite(cells: Iterable<Cell>): void;
  close(): void;
}

export interface Cell {
  readonly header: unknown;
  readonly body: string;
}

const CHUNK_BYTES = 4 * 1024 * 1024;

/** Opens a journal for appending. */
export function openJournal(path: string): Journal {
  let file = openLineFile(path);
  return {
    append: (cells) => file.append(cells.map(cellText).join("\t")),
    rewrite(cells) {
      const temporary = `${path}.new`;
      const fresh = openSync(temporary, "w");
      let lines = "";
      for (const cell of cells) {
        lines += `${cellText(cell)}\n`;
        if (lines.length > CHUNK_BYTES) {
          writeAll(fresh, lines);
          lines = "";
        }
      }
      writeAll(fresh, lines);
      closeSync(fresh);
      renameSync(temporary, path);
      file.close();
      file = openLineFile(path);
    },
    close: () => file.close(),
  };
}

function writeAll(file: number, text: string): void {
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length;) at += writeSync(file, bytes, at);
}

function cellText({ header, body }: Cell): string {
  const isPlain = !body.startsWith('"') && !/[\t\n\r]/u.test(body);
  return `${JSON.stringify(header)}\t${isPlain ? body : JSON.stringify(body)}`;
}

/** Reads every complete line of a journal and cuts off an incomplete last one. Undefined when there is no such file. */
export function readJournal(path: string, onCell: (cell: Cell) => void): { readonly cells: number } | undefined {
  if (!existsSync(path)) return undefined;
  const file = openSync(path, "r+");
  const chunk = Buffer.allocUnsafe(CHUNK_BYTES);
  let [rest, cells, keptBytes] = [Buffer.alloc(0), 0, 0];
  for (let size = readSync(file, chunk); size > 0; size = readSync(file, chunk)) {
    const bytes = Buffer.concat([rest, chunk.subarray(0, size)]);
    const end = bytes.lastIndexOf(10) + 1;
    keptBytes += end;
    rest = bytes.subarray(end);
    for (const line of end === 0 ? [] : bytes.toString("utf8", 0, end - 1).split("\n")) cells += readLine(line, onCell);
  }
  ftruncateSync(file, keptBytes);
  closeSync(file);
  return { cells };
}

function readLine(line: string, onCell: (cell: Cell) => void): number {
  const parts = line.split("\t");
  for (let i = 0; i + 1 < parts.length; i += 2) {
    const body = parts[i + 1] ?? "";
    onCell({ header: JSON.parse(parts[i] ?? "null"), body: body.startsWith('"') ? String(JSON.parse(body)) : body });
  }
  return Math.floor(parts.length / 2);
}
