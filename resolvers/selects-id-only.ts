import { type FieldNode, type GraphQLResolveInfo, Kind } from "graphql";

const known = new WeakMap<readonly FieldNode[], boolean>();

/** Returns true if nothing but the id of an object is selected, so that it need not be loaded. */
export function selectsIdOnly({ fieldNodes }: Pick<GraphQLResolveInfo, "fieldNodes">): boolean {
  let isIdOnly = known.get(fieldNodes);
  if (isIdOnly === undefined) known.set(fieldNodes, (isIdOnly = fieldNodes.every(hasIdOnly)));
  return isIdOnly;
}

/** A fragment may have anything: it is not looked into. */
function hasIdOnly({ selectionSet }: FieldNode): boolean {
  return (selectionSet?.selections ?? []).every(
    (selection) => selection.kind === Kind.FIELD && ["id", "__typename"].includes(selection.name.value),
  );
}
