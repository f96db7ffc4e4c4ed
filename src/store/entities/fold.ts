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
  /** Observations that another one of the same batch outdates. */
  readonly stale: readonly Observation[];
  /** Objects of which the batch holds two differing states that cannot be ordered. */
  readonly doubtful: ReadonlySet<string>;
}

/** One statement may touch a row once, so a batch is reduced to the newest observation of each object first. */
export function foldByObject(candidates: readonly Candidate[]): Folded {
  const newest = new Map<string, Candidate>();
  const stale: Observation[] = [];
  const doubtful = new Set<string>();
  for (const candidate of candidates) {
    const { id } = candidate.observation;
    const held = newest.get(id);
    if (held === undefined) {
      newest.set(id, candidate);
      continue;
    }
    const order = compareVersions(candidate.observation.version, held.observation.version);
    if (order === "doubt" && candidate.contentHash !== held.contentHash) doubtful.add(id);
    if (order === "newer") newest.set(id, candidate);
    stale.push(order === "newer" ? held.observation : candidate.observation);
  }
  const ordered = [...newest.values()].sort((a, b) => (a.observation.id < b.observation.id ? -1 : 1));
  return { candidates: ordered, stale, doubtful };
}
