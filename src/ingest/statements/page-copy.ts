import type { StatementPart } from "../../domain/bank.ts";
import { pageOf, statementKey } from "./statement-key.ts";

/** A page of a statement as reported at one place in one file. One of the copies of a page is displayed. */
export interface PageCopy {
  /** Global ids. */
  readonly statementId: string;
  readonly accountId: string;
  readonly page: number;
  readonly fileId: string;
  /** Number among the statements of this identity in the file, from 0. */
  readonly occurrence: number;
}

/** Name of a copy, unique among the copies of its page. */
export function copyName({ fileId, occurrence }: Pick<PageCopy, "fileId" | "occurrence">): string {
  return occurrence === 0 ? fileId : `${fileId}#${occurrence}`;
}

/** Occurrence of each part of a file: the number of preceding parts that are the same page of the same statement. */
export function occurrencesOf(parts: readonly StatementPart[]): ReadonlyMap<StatementPart, number> {
  const counts = new Map<string, number>();
  return new Map(
    parts.map((part) => {
      const { plain, own } = statementKey(part);
      const identity = `${own ?? plain}\0${pageOf(part)}`;
      const occurrence = counts.get(identity) ?? 0;
      counts.set(identity, occurrence + 1);
      return [part, occurrence];
    }),
  );
}
