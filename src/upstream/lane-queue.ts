/** What a queue has to know of those who wait in it. */
export interface Queued {
  readonly tenantId: string;
  /** Equal for those who need the same permits: behind one that cannot leave, none of them can. */
  readonly needs: string;
}

/**
 * Those who wait in one lane. Tenants take turns, so that one who asks for much does not hold up the others of the credential;
 * within a tenant first come, first served, except that whoever needs other permits than the first passes by.
 */
export class LaneQueue<Waiter extends Queued> {
  /** By tenant, whose turn is next first; within it by needs. */
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

  /** Somebody with these needs has had a turn: the tenant's other lines, and the other tenants, are before it now. */
  passTurn({ tenantId, needs }: Queued): void {
    const tenant = this.#tenants.get(tenantId);
    if (tenant === undefined) return;
    moveToEnd(tenant, needs);
    moveToEnd(this.#tenants, tenantId);
  }

  /** The first of each line, in the order in which they are to be tried. */
  *heads(): Generator<Waiter> {
    for (const tenant of this.#tenants.values()) {
      for (const line of tenant.values()) {
        const [first] = line; // a Set keeps the order of arrival
        if (first !== undefined) yield first;
      }
    }
  }

  /** Everybody, line by line. */
  *all(): Generator<Waiter> {
    for (const tenant of this.#tenants.values()) for (const line of tenant.values()) yield* line;
  }
}

function getOrMake<Key, Value>(map: Map<Key, Value>, key: Key, make: () => Value): Value {
  const held = map.get(key);
  if (held !== undefined) return held;
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
