import type { DriftKind } from "./drift-kinds.ts";

type Fields = Readonly<Record<string, string>>;

/** One place in which two contracts differ. */
export interface ContractDifference {
  readonly kind: DriftKind;
  readonly path: string;
  /** Type in the pinned contract; undefined: it has no such field. */
  readonly pinned: string | undefined;
  readonly present: string | undefined;
}

/** Path of the version of a contract. */
const VERSION = "version";
/** Type of a field that is a value of an enumeration. */
const VALUE = /^value\b/;
/** Fields that are compared. */
const MAX_FIELDS = 2_000;

/** Returns where the present contract differs from the pinned one, in the order of the paths. */
export function contractDifferences(pinned: Fields, present: Fields): readonly ContractDifference[] {
  const paths = new Set([...Object.keys(pinned), ...Object.keys(present)].toSorted().slice(0, 2 * MAX_FIELDS));
  return [...paths].flatMap((path) => {
    const [before, now] = [pinned[path], present[path]];
    return before === now ? [] : [{ kind: kindOf(path, before, now), path, pinned: before, present: now }];
  });
}

function kindOf(path: string, before: string | undefined, now: string | undefined): DriftKind {
  if (path === VERSION) return "CHANGED_VERSION";
  if (now === undefined) return "MISSING_FIELD";
  if (before !== undefined) return "CHANGED_FIELD";
  return VALUE.test(now) ? "UNKNOWN_VALUE" : "UNKNOWN_FIELD";
}

/** Returns at most as many fields as are compared. */
export function comparable(fields: Fields): Fields {
  return Object.fromEntries(Object.entries(fields).slice(0, MAX_FIELDS));
}
