import { compareVersions } from "../../domain/version.ts";
import type { Observation } from "./observation.ts";

export interface Candidate {
  readonly observation: Observation;
  /** Content in column order with its hash; empty for a tombstone. */
  readonly values: readonly (string | null)[];
  /** JSON; null for a tombstone. */
  readonly extensions: string | null;
  readonly contentHash: string | null;
}

export interface Folded {
  /** At most one per object, ordered by id so that two batches never lock in opposite orders. */
  readonly candidates: readonly Candidate[];
  /** Observations that are older than another one of the same batch. */
  readonly stale: readonly Observation[];
  /** Objects for which the batch contains two differing states that cannot be ordered. */
  readonly ambiguous: ReadonlySet<string>;
}

/** Reduces a batch to the newest observation of each object, because one statement may update a row only once. */
export function foldByObject(candidates: readonly Candidate[]): Folded {
  const newest = new Map<string, Candidate>();
  const stale: Observation[] = [];
  const ambiguous = new Set<string>();
  for (const candidate of candidates) {
    const { id } = candidate.observation;
    const latest = newest.get(id);
    if (latest === undefined) {
      newest.set(id, candidate);
      continue;
    }
    const order = compareVersions(candidate.observation.version, latest.observation.version);
    if (order === "conflict" && candidate.contentHash !== latest.contentHash) ambiguous.add(id);
    if (order === "newer") newest.set(id, candidate);
    stale.push(order === "newer" ? latest.observation : candidate.observation);
  }
  const ordered = [...newest.values()].sort((a, b) => (a.observation.id < b.observation.id ? -1 : 1));
  return { candidates: ordered, stale, ambiguous };
}
