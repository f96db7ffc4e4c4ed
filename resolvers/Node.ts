import { typeOfId } from "../src/domain/ids.ts";
import type { NodeResolvers } from "./__generated__/types.ts";
import type { NodeModel } from "./load-node.ts";

export const Node: NodeResolvers = {
  // Only types that implement Node are ever returned as one, and their ids tell which.
  __resolveType: ({ id }: NodeModel) => typeOfId(id) as ReturnType<NonNullable<NodeResolvers["__resolveType"]>>,
};
