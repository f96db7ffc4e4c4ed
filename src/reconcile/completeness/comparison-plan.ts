import type { AnyConnector, ComparedType } from "../../connector-api/connector.ts";

/** How a stream of a source is compared. */
export interface ComparisonPlan {
  readonly types: readonly ComparedType[];
  /** True if the stream is read for the compared range alone, false if it is read as a whole. */
  readonly isRanged: boolean;
  /** Reason why the stream cannot be compared; undefined: it can. */
  readonly notComparable: string | undefined;
}

const BALANCES_ONLY = "A balance has no history: the source states only the present one, which each read replaces.";
const FILES =
  "Statements prove their own days: opening balance, entries and closing balance are compared with each other when they arrive.";
const UNKNOWN = "The source has no such stream any more.";

/** Returns how a stream is compared: as its connector declares, or by the rule for all. */
export function comparisonPlan(connector: AnyConnector, stream: string): ComparisonPlan {
  const spec = connector.streams.find(({ name }) => name === stream);
  if (spec === undefined) return notComparable(UNKNOWN);
  if (connector.files !== undefined) return notComparable(FILES);
  if (spec.comparison !== undefined && "notComparable" in spec.comparison)
    return notComparable(spec.comparison.notComparable);
  const types = spec.comparison?.types ?? usualTypes(connector, spec.entities);
  if (types.length === 0) return notComparable(BALANCES_ONLY);
  return { types, isRanged: spec.ranged, notComparable: undefined };
}

function notComparable(reason: string): ComparisonPlan {
  return { types: [], isRanged: false, notComparable: reason };
}

function usualTypes(connector: AnyConnector, entities: readonly ComparedType["type"][]): readonly ComparedType[] {
  return entities
    .filter((type) => type !== "Balance")
    .map((type) => {
      const producers = connector.streams.filter((stream) => stream.entities.includes(type));
      return { type, listing: producers.length === 1 ? "COMPLETE" : "PARTIAL" };
    });
}
