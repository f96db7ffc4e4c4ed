import { ServiceError } from "../../domain/error.ts";
import type { Reads } from "../../store/database.ts";

/** Moment whose state one operation reads, the same for all its fields. */
export interface ReadMoment {
  /** RFC 3339; undefined: the present state, also before a field was chosen for. */
  readonly asOf: string | undefined;
  /**
   * Chooses the moment of a field of `Query` before anything is read for it.
   * @param asOf RFC 3339; null: the present state
   * @throws ServiceError INVALID_INPUT if another field has chosen another moment, or if it has not come yet
   */
  choose(field: string, asOf: string | null): void;
}

/** @param nowMs epoch milliseconds */
export function createReadMoment(nowMs: () => number): ReadMoment {
  let chosen: { readonly field: string; readonly asOf: string | null } | undefined;
  return {
    get asOf() {
      return chosen?.asOf ?? undefined;
    },
    choose(field, asOf) {
      chosen ??= { field, asOf };
      if (chosen.asOf !== asOf) {
        const first = `${chosen.field} has ${chosen.asOf ?? "none"}`;
        throw invalid(`must be the same in all fields of an operation: ${first}, ${field} has ${asOf ?? "none"}`);
      }
      if (asOf !== null && Date.parse(asOf) > nowMs()) throw invalid(`must not be in the future, got ${asOf}`);
    },
  };
}

/** How far back the states of objects are known. */
export interface KnownPast {
  /** @throws ServiceError INVALID_INPUT for a moment about which not everything is known */
  require(database: Reads, tenantId: string, asOf: string): Promise<void>;
}

const DAY_MS = 86_400_000;

export interface KnownPastOptions {
  /** Number of days for which changes of objects are kept. */
  readonly historyDays: number;
  readonly nowMs: () => number;
}

export function createKnownPast({ historyDays, nowMs }: KnownPastOptions): KnownPast {
  let beganMs: number | undefined;
  return {
    async require(database, tenantId, asOf) {
      beganMs ??= await database.read(tenantId, async (tx) => {
        const [row] = await tx.query<{ at: string | null }>("select sluice_past.began_at() as at");
        return row?.at === null || row === undefined ? 0 : Date.parse(row.at);
      });
      const earliestMs = Math.max(beganMs, nowMs() - historyDays * DAY_MS);
      if (Date.parse(asOf) >= earliestMs) return;
      const earliest = new Date(earliestMs).toISOString();
      throw invalid(
        `must not be earlier than ${earliest}: changes are not known, or not kept, from before; got ${asOf}`,
      );
    },
  };
}

/** Reads of an operation, in the state of its moment. */
export function readsAt(moment: ReadMoment, past: KnownPast, database: Reads): Reads {
  return {
    async read(tenantId, work, options) {
      const { asOf } = moment;
      if (asOf !== undefined) await past.require(database, tenantId, asOf);
      return await database.read(tenantId, work, options);
    },
  };
}

function invalid(problem: string): ServiceError {
  return new ServiceError("INVALID_INPUT", `asOf ${problem}`);
}
