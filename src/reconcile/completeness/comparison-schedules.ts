import { findOwnSource, type SourceRegistry } from "../../sources/source-registry.ts";
import { comparisonPlan } from "./comparison-plan.ts";

export interface ComparisonSchedulesOptions {
  readonly sources: SourceRegistry;
  /** Interval between two comparisons of a source that states none. */
  readonly everyMs: number | "off";
  /** Number of days that are compared each time, with today, of a source that states none. */
  readonly days: number;
}

/** When a source is compared with what is stored, by its own settings and those of the operator. */
export interface ComparisonSchedule {
  /** Undefined: it is compared on request only. */
  readonly everyMs: number | undefined;
  readonly days: number;
}

/** Schedules of the comparisons of sources, as this process follows them. */
export interface ComparisonSchedules {
  /** Undefined for a source of which no stream can be compared, that is not connected, or is not the tenant's. */
  find(tenantId: string, sourceId: string): Promise<ComparisonSchedule | undefined>;
}

/** Creates the graph's view of when sources are compared. Sources that are read on demand only are compared so too. */
export function createComparisonSchedules(options: ComparisonSchedulesOptions): ComparisonSchedules {
  return {
    async find(tenantId, sourceId) {
      const source = await findOwnSource(options.sources, tenantId, sourceId);
      if (source === undefined) return undefined;
      const { connector, reconcile, scheduleMs } = source;
      if (connector.streams.every(({ name }) => comparisonPlan(connector, name).notComparable !== undefined))
        return undefined;
      const everyMs = scheduleMs === undefined ? "off" : (reconcile?.everyMs ?? options.everyMs);
      return { everyMs: everyMs === "off" ? undefined : everyMs, days: reconcile?.days ?? options.days };
    },
  };
}
