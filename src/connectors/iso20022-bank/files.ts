import { join } from "node:path";
import {
  type FileFormat,
  type FileMessage,
  FileRefused,
  type ReadFileInput,
  type UnusableStatement,
} from "../../connector-api/files.ts";
import { unknownStatuses } from "../../protocols/iso20022/message/unknown-elements.ts";
import { CamtRefused, type CamtHeader, type CamtStatement } from "../../protocols/iso20022/camt.ts";
import { createCamtReader } from "../../protocols/iso20022/reader/create-camt-reader.ts";
import type { UnknownValue } from "../../connector-api/messages.ts";
import type { BankConfig } from "./config.ts";
import { mapEntry } from "./map-entry.ts";
import { findAccountFault, mapStatement } from "./map-statement.ts";

/** Starts no thread before the first file; its idle threads do not keep the process alive. */
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
  let [statements, firstUnusable]: [number, UnusableStatement | undefined] = [0, undefined];
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
        if (header === undefined) throw new TypeError("a statement must come after the header of its message");
        const fault = findAccountFault(event.statement);
        const { index, path } = event.statement;
        const unusable = fault && ({ type: "unusable", index, path, fault } as const);
        firstUnusable ??= unusable;
        if (unusable === undefined) statements += 1;
        yield (
          unusable ?? {
            type: "statement",
            part: mapStatement(event.statement, header),
            unknowns: unknownsOf(event.statement),
          }
        );
      }
    }
  } catch (reason) {
    if (reason instanceof CamtRefused) throw new FileRefused(reason.refusal, reason.message, reason.position);
    throw reason;
  }
  if (statements > 0) return;
  if (firstUnusable === undefined)
    throw new FileRefused("NOT_CAMT", "the message contains no statement, report or notification");
  const { path, fault } = firstUnusable;
  throw new FileRefused("NO_ACCOUNT", `${path} does not identify an account: ${fault.path} ${fault.problem}`);
}

function unknownsOf({ unknownElements, counts }: CamtStatement): readonly UnknownValue[] {
  return [
    ...unknownElements.map(({ path, count }) => ({ path, value: `${count} elements`, of: "field" as const })),
    ...unknownStatuses(counts.byStatus).map((value) => ({ path: "Ntry/Sts", value })),
  ];
}
