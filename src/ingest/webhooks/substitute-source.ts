import { createHash } from "node:crypto";
import type { Source } from "../../sources/source.ts";

export type Substitutes = (id: string) => Source | undefined;

/**
 * Chooses the source as which a call to an unknown id is verified before it is refused, so that a caller without a valid
 * signature learns nothing about which sources exist: neither by the answer, nor by the work that precedes it. An id
 * always has the same substitute, in every replica with the same settings; nobody without the settings, which contain
 * secrets, can predict it.
 * @param sources sources whose webhooks are signed
 * @returns undefined if there is no such source: every call is refused without any work
 */
export function createSubstitutes(sources: readonly Source[]): Substitutes {
  const ordered = sources.toSorted((a, b) => (a.id < b.id ? -1 : 1));
  const settings = JSON.stringify(ordered.map(({ id, config }) => [id, config]));
  const start = createHash("sha256").update(settings).update("\0");
  return (id) => ordered[start.copy().update(id).digest().readUInt32BE() % ordered.length];
}
