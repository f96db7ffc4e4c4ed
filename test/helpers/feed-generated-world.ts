import type { DomainRecord } from "../../src/domain/entities.ts";
import { entityId } from "../../src/domain/ids.ts";
import { FINALITY } from "../../src/domain/version.ts";
import { appendEvents } from "../../src/events/append.ts";
import type { Database } from "../../src/store/database.ts";
import { writeObservations } from "../../src/store/entities/write-observations.ts";
import { type BREAKS, type GeneratedWorld, truthKey } from "./generated-world.ts";

export const TENANT = "acme";

/** A record of one of the two sources. */
export interface Fed {
  readonly sourceId: string;
  readonly record: DomainRecord;
}

/** Returns all records, those of the processor first. */
export function recordsOf({ processor, bank }: GeneratedWorld): readonly Fed[] {
  return [
    ...processor.map((record) => ({ sourceId: "stripe-main", record })),
    ...bank.map((record) => ({ sourceId: "bank", record })),
  ];
}

/** Writes records as a sync does: one transaction with their events. */
export async function feed(db: Database, records: readonly Fed[]): Promise<void> {
  await db.transaction(TENANT, async (tx) => {
    const events = [];
    for (const [sourceId, own] of Map.groupBy(records, (one) => one.sourceId)) {
      for (const [type, some] of Map.groupBy(own, ({ record }) => record.type)) {
        const observations = some.map(({ record }) => ({
          sourceId,
          entity: type,
          externalId: record.externalId,
          id: entityId(TENANT, sourceId, type, record.externalId),
          record,
          version: { from: 1n, until: 1n, finality: FINALITY.ordinary },
          sourceUpdatedAt: undefined,
          via: "POLL" as const,
          raw: { rawHash: undefined, deliveryId: undefined, path: "" },
        }));
        const outcomes = await writeObservations(tx, type, { observations, requestedAt: undefined });
        for (const { observation, result } of outcomes) {
          if (result !== "CREATED") continue;
          const body = {
            kind: "EntityChanged",
            change: "CREATED",
            entityType: type,
            entityId: observation.id,
          } as const;
          events.push({ sourceId, body });
        }
      }
    }
    await appendEvents(tx, events);
  });
}

export interface MatchedRow {
  readonly id: string;
  readonly externalId: string;
  readonly type: "Payout" | "BankTransaction";
  readonly state: string;
  readonly matchId: string | null;
  readonly residue: string | null;
  readonly residueKind: string | null;
  readonly proposals: unknown;
}

/** Reads all results. */
export async function readResults(db: Database): Promise<readonly MatchedRow[]> {
  return db.read(TENANT, (tx) =>
    tx.query<MatchedRow & Record<string, unknown>>(
      `select item.id, coalesce(payout.external_id, banked.external_id) as "externalId", item.object_type as type, item.state,
         item.match_id as "matchId", trim_scale(item.residue)::text as residue, item.residue_kind as "residueKind",
         item.proposals || item.set_proposals as proposals
       from reconciliation_items as item left join payouts as payout on payout.id = item.id
       left join bank_transactions as banked on banked.id = item.id
       where item.state is not null order by item.id`,
    ),
  );
}

export interface Assessment {
  /** Matches that are not true. */
  readonly wrong: readonly string[];
  /** Planted breaks that no open object shows. */
  readonly missed: readonly string[];
  /** Share of the true matches that were found. */
  readonly recall: number;
  readonly byKind: Readonly<Record<(typeof BREAKS)[number], number>>;
}

/** Compares results with the truth. */
export function assess(world: GeneratedWorld, rows: readonly MatchedRow[]): Assessment {
  const matched = rows.filter(({ state }) => state === "MATCHED" || state === "EXPLAINED");
  const keys = [...Map.groupBy(matched, ({ matchId }) => matchId).values()].map((own) =>
    truthKey(
      own.filter(({ type }) => type === "Payout").map(({ externalId }) => externalId),
      own.filter(({ type }) => type === "BankTransaction").map(({ externalId }) => externalId),
    ),
  );
  const open = new Set(rows.filter(({ state }) => state === "OPEN").map(({ externalId }) => externalId));
  const found = world.breaks.filter(({ payouts, transactions }) =>
    [...payouts, ...transactions].some((id) => open.has(id)),
  );
  const missed = world.breaks.filter((one) => !found.includes(one));
  const count = (kind: string): number => found.filter((one) => one.kind === kind).length;
  return {
    wrong: keys.filter((key) => !world.truth.has(key)),
    missed: missed.map(({ kind, payouts }) => `${kind} ${payouts.join(" ")}`),
    recall: keys.filter((key) => world.truth.has(key)).length / world.matches,
    byKind: {
      MISSING: count("MISSING"),
      DOUBLED: count("DOUBLED"),
      ALTERED: count("ALTERED"),
      CURRENCY: count("CURRENCY"),
    },
  };
}
