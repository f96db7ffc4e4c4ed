import type { MalformedMessage, RecordMessage, UnknownValue } from "../../connector-api/messages.ts";
import { codeSample, driftPath, problemSample, samplePath } from "./drift-path.ts";
import type { Drift } from "./record-drift.ts";

/** Returns where records differ from their contract. */
export function driftOfRecords(messages: readonly RecordMessage[]): readonly Drift[] {
  return messages.flatMap(({ record, unknowns }) => driftOfUnknowns(record.type, record.externalId, unknowns));
}

const KINDS = { field: "UNKNOWN_FIELD", missing: "MISSING_FIELD", version: "CHANGED_VERSION" } as const;

/** Returns where one object differs from its contract. */
export function driftOfUnknowns(
  entity: string,
  externalId: string | undefined,
  unknowns: readonly UnknownValue[],
): readonly Drift[] {
  return unknowns.map(({ path, value, of }) => ({
    kind: of === undefined ? "UNKNOWN_VALUE" : KINDS[of],
    entity,
    path: driftPath(path),
    samplePath: samplePath(path),
    sample: of === "field" || of === "missing" ? value.slice(0, 60) : codeSample(value),
    externalId,
  }));
}

/** Returns the field for which each object is quarantined; none for an object that is wrong as a whole. */
export function driftOfMalformed(messages: readonly MalformedMessage[]): readonly Drift[] {
  return messages.flatMap(({ entity, externalId, path, problem }) => {
    if (path === "") return [];
    const paths = { path: driftPath(path), samplePath: samplePath(path) };
    return [{ kind: "MALFORMED_FIELD", entity, ...paths, sample: problemSample(problem), externalId } as const];
  });
}
