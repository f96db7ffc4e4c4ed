import type { QueryResolvers } from "../__generated__/types.ts";
import { loadNode } from "../load-node.ts";

export const node: NonNullable<QueryResolvers["node"]> = (_root, args, context) => loadNode(context, args);
