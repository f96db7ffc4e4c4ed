import { FINALITY, type Version } from "../../domain/version.ts";

/** Versions of the content of one page of `/transactions/sync`. */
export interface PageVersions {
  readonly added: Version;
  readonly modified: Version;
  readonly removed: Version;
  /** The last version time of the page, epoch milliseconds: the versions of the next page begin after it. */
  readonly seenUntilMs: number;
}

/**
 * Assigns versions by page order. A transaction has no time of change and cannot be fetched by its id, so that a
 * conflict between two states could not be resolved. The order of the pages resolves it: each page contains the changes
 * after the previous one. So the pages' version ranges do not overlap: each begins after the last version of the page
 * before it, which is in the cursor, regardless of changes of our clock between them, or of which replica's clock it
 * was. Within a page the removals come last.
 * @param seenUntilMs last version time of the previous page
 */
export function pageVersions(
  page: { readonly sentAtMs: number; readonly durationMs: number },
  seenUntilMs: number,
): PageVersions {
  const from = Math.max(Math.floor(page.sentAtMs), seenUntilMs + 1);
  const until = Math.max(from, Math.floor(page.sentAtMs) + Math.ceil(page.durationMs));
  return {
    added: versionOf(from, until),
    modified: versionOf(until + 1, until + 1),
    // Ordinary, because Plaid may return an id again that it has removed.
    removed: versionOf(until + 2, until + 2),
    seenUntilMs: until + 2,
  };
}

function versionOf(from: number, until: number): Version {
  return { from: BigInt(from), until: BigInt(until), finality: FINALITY.ordinary };
}
