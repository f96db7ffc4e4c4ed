import { closeSync, existsSync, ftruncateSync, openSync, readSync, renameSync, writeSync } from "node:fs";

/**
 * Append-only file of what happened: one line per operation, so that a line cut short by a crash loses that
 * operation as a whole. A line is cells, a cell is a header (JSON) and a body, all separated by tabs; a body is JSON
 * text as it is, or a JSON string of it when it has tabs or line breaks of its own.
 */
export interface Journal {
  /** Writes one line before it returns, so that an answer sent afterwards survives a kill of this process. */
  append(cells: readonly Cell[]): void;
  /** Replaces the file by these cells, one a line, at once or not at all when this process is killed. */
  rewrite(cells: Iterable<Cell>): void;
  close(): void;
}

export interface Cell {
  readonly header: unknown;
  readonly body: string;
}

const CHUNK_BYTES = 4 * 1024 * 1024;

/** Opens a journal for writing behind what it has. */
export function openJournal(path: string): Journal {
  let file = openSync(path, "a");
  return {
    append: (cells) => writeAll(file, `${cells.map(cellText).join("\t")}\n`),
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
      closeSync(file);
      file = openSync(path, "a");
    },
    close: () => closeSync(file),
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

/** Reads every whole line of a journal and cuts off a last one that is not. Undefined when there is no such file. */
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
