/** One of the ids that an upstream uses or used for an object that has had several. All are external ids. */
export interface Name {
  readonly externalId: string;
  /** The first id that the object had. */
  readonly root: string;
  /** True if the upstream now uses another id. */
  readonly replaced: boolean;
}

/** A record's statement about its object: its id was `from` before, and is `to` now. */
export interface AliasLink {
  readonly from: string;
  readonly to: string;
}

/** Objects that turned out to be the same object. */
export interface Merge {
  /** The object whose id is kept. */
  readonly root: string;
  /** The object whose state is kept: the one that the id in use belonged to. */
  readonly holder: string;
  /** All objects except the root. */
  readonly absorbed: readonly string[];
}

export interface Renamed {
  /** Names that are new or have changed, each after the one that it replaces. */
  readonly names: readonly Name[];
  readonly merges: readonly Merge[];
}

interface AliasNode {
  root: string;
  replaced: boolean;
  /** Root before the merge: the id itself, if it was not known to have been replaced or to replace another one. */
  readonly formerRoot: string;
}

/**
 * Adds renamings to the known names, in the order of arrival. An id is replaced by at most one other id, and replaces
 * at most one: the first renaming that states it is accepted, and a later contradicting one is ignored, so that an
 * upstream that continues one object as two never has both of them written to one. Otherwise neither the order nor the
 * division into calls matters. The root of an object is the id that replaces none.
 * @param known all names of all objects that the renamings affect
 */
export function mergeAliases(known: Iterable<Name>, aliasLinks: readonly AliasLink[]): Renamed {
  const members = new Map<string, AliasNode>();
  for (const { externalId, root, replaced } of known) members.set(externalId, { root, replaced, formerRoot: root });
  const objects = new Map(
    [...Map.groupBy(members, ([, { root }]) => root)].map(([root, some]) => [root, some.map(([id]) => id)]),
  );
  const changed = new Set<string>();
  const accepted = new Map<string, string>();
  const memberOf = (id: string): AliasNode => {
    const existing = members.get(id);
    if (existing !== undefined) return existing;
    const lone = { root: id, replaced: false, formerRoot: id };
    members.set(id, lone);
    objects.set(id, [id]);
    return lone;
  };
  for (const { from, to } of aliasLinks) {
    const [older, newer] = [memberOf(from), memberOf(to)];
    // Already replaced, by this id or by another one; or already replaces another one; or a cycle.
    if (older.replaced || newer.root !== to || older.root === to) continue;
    older.replaced = true;
    accepted.set(to, from);
    const absorbed = objects.get(to) ?? [];
    objects.delete(to);
    objects.get(older.root)?.push(...absorbed);
    for (const id of absorbed) memberOf(id).root = older.root;
    for (const id of [from, ...absorbed]) changed.add(id);
  }
  const names = [...members].flatMap(([externalId, { root, replaced }]) =>
    changed.has(externalId) ? [{ externalId, root, replaced }] : [],
  );
  return { names: oldestFirst(names, accepted), merges: mergesOf([...members.values()]) };
}

function mergesOf(members: readonly AliasNode[]): readonly Merge[] {
  const objects = Map.groupBy(members, ({ root }) => root);
  return [...objects].flatMap(([root, some]) => {
    const absorbed = [...new Set(some.map(({ formerRoot }) => formerRoot))].filter((id) => id !== root);
    if (absorbed.length === 0) return [];
    return [{ root, holder: some.find(({ replaced }) => !replaced)?.formerRoot ?? root, absorbed }];
  });
}

/** @param accepted the id that each name replaces, where this call accepted the replacement */
function oldestFirst(names: readonly Name[], accepted: ReadonlyMap<string, string>): readonly Name[] {
  const depthOf = (externalId: string): number => {
    let depth = 0;
    for (let at = accepted.get(externalId); at !== undefined; at = accepted.get(at)) depth += 1;
    return depth;
  };
  return names
    .map((name) => ({ name, depth: depthOf(name.externalId) }))
    .toSorted((a, b) => a.depth - b.depth)
    .map(({ name }) => name);
}
