import { FINALITY, type Version } from "../../domain/version.ts";

/** Versions of what one page of `/transactions/sync` says. */
export interface PageVersions {
  readonly added: Version;
  readonly modified: Version;
  readonly removed: Version;
  /** The last moment of them, epoch milliseconds: the next page's begin after it. */
  readonly seenUntilMs: number;
}

/**
 * A transaction has no time of change and cannot be fetched by its id, so that of two states nobody could tell the newer one
 * if they were in doubt. What settles it is the order of the pages, of which each shows what changed after the one before.
 * So no two overlap: each begins after the last moment of the page before it, which is in the cursor, whatever our clock did
 * between them, or whichever replica's clock it was. Within a page what is removed comes last.
 * @param seenUntilMs of the page before
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
    // Ordinary: Plaid may show an id again that it has removed.
    removed: versionOf(until + 2, until + 2),
    seenUntilMs: until + 2,
  };
}

function versionOf(from: number, until: number): Version {
  return { from: BigInt(from), until: BigInt(until), finality: FINALITY.ordinary };
}
