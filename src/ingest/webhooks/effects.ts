import type { Applicable } from "../apply/applicable.ts";
import type { Applied } from "../apply/apply.ts";
import { entityId, type EntityType } from "../../domain/ids.ts";

/** One effect of applying a delivery. */
export type Effect =
  | { readonly kind: "CREATED" | "UPDATED" | "DELETED"; readonly entityType: EntityType; readonly id: string }
  /** The object is fetched again: there was only a hint, or it could not be decided which state is newer. */
  | { readonly kind: "REFETCH"; readonly entityType: EntityType; readonly id: string }
  /** An item could not be applied; the id is that of the quarantined record. */
  | { readonly kind: "QUARANTINED"; readonly entityType: EntityType; readonly id: string }
  | { readonly kind: "READ"; readonly stream: string };

/** Maximum number of effects stored for each delivery: enough to show what it was about. */
const MAX_EFFECTS = 100;

export interface EffectsInput {
  readonly tenantId: string;
  readonly sourceId: string;
  readonly items: readonly Applicable[];
  readonly applied: Applied;
  /** Streams to be read further, and the deliveries that requested it. */
  readonly reads: readonly { readonly stream: string; readonly deliveryId: string }[];
}

/** Effects of each delivery, by its id; deliveries without an effect are absent. */
export function effectsOf(input: EffectsInput): ReadonlyMap<string, readonly Effect[]> {
  const { tenantId, sourceId, items, applied, reads } = input;
  const effects = new Map<string, Map<string, Effect>>();
  const add = (deliveryId: string | undefined, effect: Effect): void => {
    if (deliveryId === undefined) return;
    const own = effects.get(deliveryId) ?? new Map<string, Effect>();
    effects.set(deliveryId, own);
    if (own.size < MAX_EFFECTS) own.set(`${effect.kind} ${effect.kind === "READ" ? effect.stream : effect.id}`, effect);
  };
  for (const { observation, result } of applied.outcomes) {
    const { id, entity: entityType, raw } = observation;
    if (result === "CREATED" || result === "UPDATED" || result === "DELETED")
      add(raw.deliveryId, { kind: result, entityType, id });
    if (result === "conflict") add(raw.deliveryId, { kind: "REFETCH", entityType, id });
  }
  for (const { message, deliveryId } of items) {
    if (message.type !== "hint") continue;
    const entityType = message.of ?? message.entity; // children of an object are fetched through it
    const id = entityId(tenantId, sourceId, entityType, message.externalId);
    add(deliveryId, { kind: "REFETCH", entityType, id });
  }
  for (const { id, item } of applied.quarantinedItems)
    add(item.raw.deliveryId, { kind: "QUARANTINED", entityType: item.message.entity, id });
  for (const { stream, deliveryId } of reads) add(deliveryId, { kind: "READ", stream });
  return new Map([...effects].map(([id, own]) => [id, [...own.values()]]));
}
