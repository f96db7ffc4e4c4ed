import { arrayLiteral } from "../../store/array-literal.ts";
import { DELIVERY } from "../../domain/lifecycles.ts";
import type { Transaction } from "../../store/database.ts";
import { after, allowsOfKnownRow } from "../../store/status-sql.ts";
import type { Effect } from "./effects.ts";

/**
 * Marks deliveries as applied and records their effects; one that changed nothing this time keeps its earlier effects.
 * A success has an attempt row only when it was not the very first attempt: that one is recorded in the delivery
 * itself.
 */
export async function markApplied(
  tx: Transaction,
  ids: readonly string[],
  effects: ReadonlyMap<string, readonly Effect[]>,
): Promise<void> {
  if (ids.length === 0) return;
  const effectsText = (id: string): string | null => {
    const own = effects.get(id);
    return own === undefined ? null : JSON.stringify(own);
  };
  await tx.query(MARK, [tx.tenantId, arrayLiteral(ids, (id) => id), arrayLiteral(ids, effectsText)], {
    prepared: true,
  });
}

const MARK = `
  with applied as (
    update deliveries as existing set status = ${after(DELIVERY, "apply")}, attempts = attempts + 1, announced = true, finished_at = now(),
      effects = coalesce(done.effects, existing.effects), error_code = null, error_message = null
    from unnest($2::text[], $3::jsonb[]) as done (id, effects)
    where existing.id = done.id and ${allowsOfKnownRow("existing.status", DELIVERY, "apply")}
    returning existing.id, existing.earlier_attempts + existing.attempts as number
  )
  insert into delivery_attempts (tenant_id, delivery_id, number, at, outcome)
  select $1, id, number, now(), ${after(DELIVERY, "apply")} from applied where number > 1`;
