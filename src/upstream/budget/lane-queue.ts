/** Properties of a waiter that the queue uses. */
export interface Queued {
  readonly tenantId: string;
  /** Equal for waiters that need the same permits: if the first of them cannot start, none of them can. */
  readonly needs: string;
}

/**
 * Waiters of one lane. Tenants take turns, so that a tenant with many calls does not delay the others of the
 * credential; within a tenant first come, first served, except that a waiter that needs other permits than the first
 * may overtake it.
 */
export class LaneQueue<Waiter extends Queued> {
  /** Waiters by tenant, in the order of turns; within a tenant by needs. */
  readonly #tenants = new Map<string, Map<string, Set<Waiter>>>();
  #size = 0;

  get size(): number {
    return this.#size;
  }

  add(waiter: Waiter): void {
    const tenant = getOrMake(this.#tenants, waiter.tenantId, () => new Map<string, Set<Waiter>>());
    getOrMake(tenant, waiter.needs, () => new Set<Waiter>()).add(waiter);
    this.#size += 1;
  }

  remove(waiter: Waiter): void {
    const tenant = this.#tenants.get(waiter.tenantId);
    const line = tenant?.get(waiter.needs);
    if (tenant === undefined || line === undefined || !line.delete(waiter)) return;
    this.#size -= 1;
    if (line.size === 0) tenant.delete(waiter.needs);
    if (tenant.size === 0) this.#tenants.delete(waiter.tenantId);
  }

  /**
   * Records that a waiter with these needs has had its turn: the tenant's other lines, and the other tenants, now
   * precede it.
   */
  passTurn({ tenantId, needs }: Queued): void {
    const tenant = this.#tenants.get(tenantId);
    if (tenant === undefined) return;
    moveToEnd(tenant, needs);
    moveToEnd(this.#tenants, tenantId);
  }

  /** Yields the first waiter of each line, in the order in which they are to be tried. */
  *heads(): Generator<Waiter> {
    for (const tenant of this.#tenants.values()) {
      for (const line of tenant.values()) {
        const [first] = line; // a Set keeps the order of arrival
        if (first !== undefined) yield first;
      }
    }
  }

  /** Yields all waiters, line by line. */
  *all(): Generator<Waiter> {
    for (const tenant of this.#tenants.values()) for (const line of tenant.values()) yield* line;
  }
}

function getOrMake<Key, Value>(map: Map<Key, Value>, key: Key, make: () => Value): Value {
  const existing = map.get(key);
  if (existing !== undefined) return existing;
  const made = make();
  map.set(key, made);
  return made;
}

function moveToEnd<Key, Value>(map: Map<Key, Value>, key: Key): void {
  const value = map.get(key);
  if (value === undefined || map.size === 1) return;
  map.delete(key);
  map.set(key, value);
}
