import { join } from "node:path";
import { type FileFormat, type FileMessage, FileRefused, type ReadFileInput } from "../../connector-api/files.ts";
import { CamtRefused, type CamtHeader } from "../../protocols/iso20022/camt.ts";
import { createCamtReader } from "../../protocols/iso20022/create-camt-reader.ts";
import type { BankConfig } from "./config.ts";
import { mapEntry } from "./map-entry.ts";
import { mapStatement } from "./map-statement.ts";

/** Starts nothing before the first file; its idle threads keep no process alive. */
const reader = createCamtReader();

/** Messages of ISO 20022: camt.052, camt.053 and camt.054. */
export const bankFiles: FileFormat<BankConfig> = {
  folder: ({ folder, archiveFolder }) =>
    folder === undefined ? undefined : { folder, archiveFolder: archiveFolder ?? join(folder, "archive") },
  maxBytes: ({ maxFileBytes }) => maxFileBytes,
  read,
};

async function* read({ bytes, entries, signal }: ReadFileInput<BankConfig>): AsyncGenerator<FileMessage> {
  let header: CamtHeader | undefined;
  let statements = 0;
  try {
    for await (const event of reader.read({ bytes, entries, signal })) {
      if (event.type === "header") header = event.header;
      else if (event.type === "entries") {
        const items = event.items.map((item) =>
          item.entry === undefined
            ? { index: item.index, path: item.path, fault: item.fault }
            : { index: item.index, path: item.path, entry: mapEntry(item.entry) },
        );
        yield { type: "entries", statement: event.statement, items };
      } else {
        if (header === undefined) throw new TypeError("a statement comes after its header");
        statements += 1;
        yield { type: "statement", part: mapStatement(event.statement, header) };
      }
    }
  } catch (reason) {
    if (reason instanceof CamtRefused) throw new FileRefused(reason.refusal, reason.message, reason.position);
    throw reason;
  }
  if (statements === 0) throw new FileRefused("NOT_CAMT", "the message holds no statement, report or notification");
}
