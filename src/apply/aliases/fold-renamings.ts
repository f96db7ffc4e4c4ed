/** One of the ids under which an upstream shows or showed an object that has had several. All by external id. */
export interface Name {
  readonly externalId: string;
  /** The object's: the id that it had first. */
  readonly root: string;
  /** The upstream uses another one by now. */
  readonly replaced: boolean;
}

/** What a record says of its object: it was `from` before, and is `to` now. */
export interface Renaming {
  readonly from: string;
  readonly to: string;
}

/** Objects that turned out to be one. */
export interface Merge {
  /** Whose id it keeps. */
  readonly root: string;
  /** Which of them has the state that counts: the one that the id in use belonged to. */
  readonly holder: string;
  /** All but the root. */
  readonly absorbed: readonly string[];
}

export interface Renamed {
  /** Names that are new or say something else than before, each after the one that it replaces. */
  readonly names: readonly Name[];
  readonly merges: readonly Merge[];
}

interface Member {
  root: string;
  replaced: boolean;
  /** Before: itself, for an id that was not known to have been replaced or to replace another one. */
  readonly formerRoot: string;
}

/**
 * What is known of names once renamings are added to it, in whatever order they come and however they are spread over calls.
 * The root of an object is the id that replaces none.
 * @param known all names of all objects that the renamings touch
 */
export function foldRenamings(known: Iterable<Name>, renamings: readonly Renaming[]): Renamed {
  const members = new Map<string, Member>();
  for (const { externalId, root, replaced } of known) members.set(externalId, { root, replaced, formerRoot: root });
  const objects = new Map(
    [...Map.groupBy(members, ([, { root }]) => root)].map(([root, some]) => [root, some.map(([id]) => id)]),
  );
  const changed = new Set<string>();
  const memberOf = (id: string): Member => {
    const held = members.get(id);
    if (held !== undefined) return held;
    const lone = { root: id, replaced: false, formerRoot: id };
    members.set(id, lone);
    objects.set(id, [id]);
    return lone;
  };
  for (const { from, to } of oldestFirst(renamings)) {
    const [older, newer] = [memberOf(from), memberOf(to)];
    // Known, or a circle: an id that was replaced cannot replace the one in use.
    if (older.root === newer.root && (older.replaced || newer.replaced)) continue;
    if (!older.replaced) changed.add(from);
    older.replaced = true;
    if (older.root === newer.root) continue;
    changed.add(from);
    const absorbed = objects.get(newer.root) ?? [];
    objects.delete(newer.root);
    objects.get(older.root)?.push(...absorbed);
    for (const id of absorbed) {
      memberOf(id).root = older.root;
      changed.add(id);
    }
  }
  return {
    names: [...members].flatMap(([externalId, { root, replaced }]) =>
      changed.has(externalId) ? [{ externalId, root, replaced }] : [],
    ),
    merges: mergesOf([...members.values()]),
  };
}

function mergesOf(members: readonly Member[]): readonly Merge[] {
  const objects = Map.groupBy(members, ({ root }) => root);
  return [...objects].flatMap(([root, some]) => {
    const absorbed = [...new Set(some.map(({ formerRoot }) => formerRoot))].filter((id) => id !== root);
    if (absorbed.length === 0) return [];
    return [{ root, holder: some.find(({ replaced }) => !replaced)?.formerRoot ?? root, absorbed }];
  });
}

/** Each after the one that gave its object the id that it replaces. An id that replaces itself says nothing. */
function oldestFirst(renamings: readonly Renaming[]): readonly Renaming[] {
  const before = new Map(renamings.map(({ from, to }) => [to, from]));
  const depthOf = (id: string): number => {
    const seen = new Set<string>();
    for (let at = before.get(id); at !== undefined && !seen.has(at); at = before.get(at)) seen.add(at);
    return seen.size;
  };
  return renamings
    .filter(({ from, to }) => from !== to)
    .map((renaming) => ({ renaming, depth: depthOf(renaming.to) }))
    .toSorted((a, b) => a.depth - b.depth)
    .map(({ renaming }) => renaming);
}
