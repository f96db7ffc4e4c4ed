import type { EntryMessage, UnusableStatement } from "../../connector-api/files.ts";
import type { UnknownValue } from "../../connector-api/messages.ts";
import type { StatementPart } from "../../domain/bank.ts";
import { ServiceError } from "../../domain/error.ts";
import type { ApplyFileInput, FilePosition } from "./apply-file-input.ts";
import { occurrencesOf } from "./page-copy.ts";

/** Some entries of one statement, in their order. */
export interface Piece {
  readonly part: StatementPart;
  readonly items: readonly EntryMessage[];
  /** True if no part of the statement follows. */
  readonly isLast: boolean;
  /** Number of the statement among those of its identity in the file, from 0. */
  readonly occurrence: number;
}

/** Contents of one transaction. */
export interface EntryBatch {
  readonly pieces: readonly Piece[];
  /** Statements of the batch that cannot be stored. */
  readonly unusable: readonly UnusableStatement[];
  /** Where statements of the batch differ from the documented format. */
  readonly unknowns: readonly UnknownValue[];
  /** Progress of the file after this batch. */
  readonly position: FilePosition;
  /** True if no part of the file follows. */
  readonly isEnd: boolean;
}

/**
 * Maximum number of entries in one transaction: enough to make its fixed cost negligible, few enough that it takes well
 * under a second.
 */
const MAX_ENTRIES = 500;
/** Maximum number of their details: one entry may have thousands. */
const MAX_DETAILS = 5_000;

/**
 * Splits the remainder of a file, from its position on, into batches. Small statements share a batch, large ones use
 * several.
 */
export async function* batchesOf({ source, file, bytes, signal }: ApplyFileInput): AsyncGenerator<EntryBatch> {
  const { files } = source.connector;
  if (files === undefined) throw new TypeError(`connector ${source.connector.name} does not accept files`);
  const parts = new Map(file.parts.map((part) => [part.index, part]));
  const { position } = file;
  const occurrences = occurrencesOf(file.parts);
  let batch = createBatch(occurrences);
  let next = position.statement;
  for await (const message of files.read({ config: source.config, bytes, entries: true, signal })) {
    const index = message.type === "entries" ? message.statement : indexOf(message);
    if (index < position.statement) continue;
    if (message.type !== "entries") next = index + 1;
    if (message.type === "unusable") {
      batch.unusable.push(message);
      continue;
    }
    const part = parts.get(index);
    if (message.type === "statement") {
      if (part === undefined) throw new ServiceError("INTERNAL", "a file has different content when it is read again");
      batch.add(part, [], true);
      batch.unknowns.push(...message.unknowns);
      continue;
    }
    if (part === undefined) continue; // belongs to a statement that cannot be stored
    const items = message.items.filter((item) => index > position.statement || item.index >= position.entry);
    batch.add(part, items, false);
    if (!batch.isFull()) continue;
    yield batch.finish({ statement: index, entry: (message.items.at(-1)?.index ?? -1) + 1 }, false);
    batch = createBatch(occurrences);
  }
  yield batch.finish({ statement: next, entry: 0 }, true);
}

const indexOf = (message: UnusableStatement | { readonly part: StatementPart }): number =>
  "part" in message ? message.part.index : message.index;

function createBatch(occurrences: ReadonlyMap<StatementPart, number>) {
  const pieces: Piece[] = [];
  const unusable: UnusableStatement[] = [];
  const unknowns: UnknownValue[] = [];
  let [entries, details] = [0, 0];
  return {
    unusable,
    unknowns,
    /** Merges consecutive pieces of one statement. */
    add(part: StatementPart, items: readonly EntryMessage[], isLast: boolean): void {
      const last = pieces.at(-1);
      const isSame = last?.part === part;
      if (isSame) pieces.pop();
      pieces.push({
        part,
        items: isSame ? [...last.items, ...items] : items,
        isLast,
        occurrence: occurrences.get(part) ?? 0,
      });
      entries += items.length;
      details += items.reduce((sum, item) => sum + (item.entry?.details.length ?? 0), 0);
    },
    isFull: (): boolean => entries >= MAX_ENTRIES || details >= MAX_DETAILS,
    finish: (position: FilePosition, isEnd: boolean): EntryBatch => ({ pieces, unusable, unknowns, position, isEnd }),
  };
}
