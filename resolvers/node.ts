import { typeOfId } from "../src/domain/ids.ts";
import type { NodeResolvers, QueryResolvers } from "./__generated__/types.ts";
import { requireShortValues } from "./input-error.ts";
import { type NodeModel, loadNode, resolveNode } from "./load-node.ts";

export const Node: NodeResolvers = {
  // Of a subgraph that declares Node with @interfaceObject, and so does not know the type of its objects.
  __resolveReference: (reference, context) => resolveNode(context, reference),
  // Only types that implement Node are ever returned here, and the prefix of their id identifies the type.
  __resolveType: ({ id }: NodeModel) => typeOfId(id) as ReturnType<NonNullable<NodeResolvers["__resolveType"]>>,
};

export const node: NonNullable<QueryResolvers["node"]> = (_root, args, context) => loadNode(context, args);

export const nodes: NonNullable<QueryResolvers["nodes"]> = (_root, { ids, maxAge }, context) => {
  requireShortValues("nodes", { ids });
  return Promise.all(ids.map((id) => loadNode(context, { id, maxAge })));
};
