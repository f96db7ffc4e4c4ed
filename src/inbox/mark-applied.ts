import { arrayLiteral } from "../store/array-literal.ts";
import type { Transaction } from "../store/database.ts";
import type { Effect } from "./effects.ts";

/**
 * Says of deliveries that they are applied, and what they did; one that changed nothing this time keeps what it did before.
 * A success has a row among the attempts only when it was not the first try of all: that one the delivery itself tells.
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
  await tx.query(MARK, [tx.tenantId, arrayLiteral(ids, (id) => id), arrayLiteral(ids, effectsText)]);
}

const MARK = `
  with applied as (
    update deliveries as held set status = 'APPLIED', attempts = attempts + 1, announced = true, finished_at = now(),
      effects = coalesce(done.effects, held.effects), error_code = null, error_message = null
    from unnest($2::text[], $3::jsonb[]) as done (id, effects) where held.id = done.id
    returning held.id, held.earlier_attempts + held.attempts as number
  )
  insert into delivery_attempts (tenant_id, delivery_id, number, at, outcome)
  select $1, id, number, now(), 'APPLIED' from applied where number > 1`;
